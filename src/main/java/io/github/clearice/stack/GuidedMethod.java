package io.github.clearice.stack;

import io.github.clearice.task.TaskListener;

/** A method that improves on a guide: an estimate of each particle that another method made. */
public interface GuidedMethod extends AutoCloseable {

	/** What tables and messages call it. */
	String name();

	/** Edge length in pixels of the images that it takes. */
	int box();

	/** How many images it likes to get at once. */
	int batchSize();

	/**
	 * Looks at the stack once before any of it is denoised.
	 *
	 * @throws RuntimeException if the stack does not suit, with the remedy
	 */
	void prepare(ParticleStack noisy, TaskListener listener);

	/**
	 * Denoises images.
	 *
	 * @param first number of the first image in its stack; negative for images that are no particles of it
	 * @param noisy {@code [images][box * box]} pixels, left as they are
	 * @param guides as many, on the same scale; null if there are none: results then come from the noisy images alone
	 * @param denoised receives as many
	 * @throws RuntimeException if the images do not suit, with the remedy
	 */
	void denoise(int first, float[][] noisy, float[][] guides, float[][] denoised);

	@Override
	void close();
}
