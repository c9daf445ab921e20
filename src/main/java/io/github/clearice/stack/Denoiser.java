package io.github.clearice.stack;

import io.github.clearice.task.TaskListener;

/**
 * Turns noisy particles into denoised ones. Trained models and classical
 * filters alike implement this, so that commands and evaluation need not care.
 */
public interface Denoiser extends AutoCloseable {

	/** What tables and messages call this method. */
	String name();

	/**
	 * Looks at the stack once, where the method needs to (spectra, noise level),
	 * before any of it is denoised. Does nothing by default.
	 *
	 * @throws RuntimeException if the stack does not suit, with the remedy
	 */
	default void prepare(final ParticleStack noisy, final TaskListener listener) {}

	/** How many images {@link #denoise} likes to get at once. */
	default int batchSize() {
		return 64;
	}

	/**
	 * Denoises a batch of any images. Each result depends on its own image only, not on its
	 * neighbours. Called by one thread at a time; implementations use all cores.
	 *
	 * @param noisy images of {@code box * box} pixels, left as they are
	 * @param denoised receives as many images, on the scale of the input
	 * @throws RuntimeException from methods that must know which particle of the stack an image is
	 */
	void denoise(float[][] noisy, float[][] denoised);

	/**
	 * As {@link #denoise(float[][], float[][])}, for images of the stack it was prepared for. Methods that use something
	 * of each particle, such as its contrast transfer function, take images by this alone.
	 *
	 * @param first which particle of the stack the batch begins with, counted from 0
	 */
	default void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		denoise(noisy, denoised);
	}

	/**
	 * Denoises tiles of one larger image, which has mean 0 and standard deviation 1 about each pixel. What becomes of a
	 * pixel must not depend on the mean and spread of the tile it is seen in, or tiles would not fit together.
	 *
	 * @param tiles images of {@code box * box} pixels, left as they are
	 * @param denoised receives as many images, on the scale of the input
	 */
	default void denoiseTiles(final float[][] tiles, final float[][] denoised) {
		denoise(tiles, denoised);
	}

	@Override
	default void close() {}
}
