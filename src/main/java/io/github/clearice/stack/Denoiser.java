package io.github.clearice.stack;

import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Turns noisy particles into denoised ones. Trained models and classical
 * filters both implement this, so that commands and evaluation need not distinguish them.
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

	/**
	 * Whether results are free of the contrast transfer functions that the particles' table lists. Asked after
	 * {@link #prepare}.
	 *
	 * @return empty where the method does not know, as a model that was trained on stacks without a table
	 */
	default Optional<Boolean> correctsCtf() {
		return Optional.of(false);
	}

	/** How many images {@link #denoise} likes to get at once. */
	default int batchSize() {
		return 64;
	}

	/**
	 * Denoises some images. Each result depends on its own image only, not on its
	 * neighbours. Called by one thread at a time; implementations use all cores.
	 * <p> The number of an image along axis 2 is that of the particle in the stack that this was prepared for, counted
	 * from 0: an interval of that stack's image has the right numbers. Images that are no particles of the stack have
	 * negative numbers. Methods that use properties of each particle, such as its contrast transfer function, refuse
	 * them.
	 *
	 * @param noisy axes x, y and number; left as they are
	 * @param denoised of the same interval; receives the results, on the scale of the input
	 * @throws RuntimeException if the images do not suit, with the remedy
	 */
	void denoise(RandomAccessibleInterval<? extends RealType<?>> noisy, RandomAccessibleInterval<FloatType> denoised);

	/**
	 * Denoises tiles of one larger image, which has mean 0 and standard deviation 1 about each pixel. What becomes of a
	 * pixel must not depend on the mean and spread of the tile it is seen in, or tiles would not fit together.
	 *
	 * @param tiles axes x, y and number; left as they are
	 * @param denoised of the same interval; receives the results, on the scale of the input
	 */
	default void denoiseTiles(final RandomAccessibleInterval<? extends RealType<?>> tiles,
		final RandomAccessibleInterval<FloatType> denoised)
	{
		denoise(tiles, denoised);
	}

	/**
	 * What the method has found out about particles of the stack besides their images, for the process that writes the
	 * results where several machines denoise a stack.
	 *
	 * @param first number of the first particle
	 * @param end the number after that of the last; all have been denoised here
	 * @return null where there is nothing
	 */
	default Serializable findings(final int first, final int end) {
		return null;
	}

	/**
	 * Takes what the method has found out on another machine.
	 *
	 * @param first number of the first particle
	 */
	default void take(final int first, final Serializable findings) {}

	@Override
	default void close() {}

	/**
	 * A denoiser that applies a function to one image after the other, on all cores: the simplest way to add a method.
	 *
	 * @param name what tables and messages call it
	 * @param filter takes one noisy image with the axes x and y, and an image of the same size that receives the result
	 *          on the same scale. Called by several threads at a time, for different images.
	 */
	static Denoiser ofImages(final String name,
		final BiConsumer<RandomAccessibleInterval<FloatType>, RandomAccessibleInterval<FloatType>> filter)
	{
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(filter, "filter");
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return name;
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				ParallelLoop.run(noisy.length, 1, thread -> i -> filter.accept(image(noisy[(int) i].clone()), image(
					denoised[(int) i])));
			}

			private RandomAccessibleInterval<FloatType> image(final float[] pixels) {
				final int box = (int) Math.round(Math.sqrt(pixels.length));
				return ArrayImgs.floats(pixels, box, box);
			}
		};
	}
}
