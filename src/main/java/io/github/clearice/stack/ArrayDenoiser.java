package io.github.clearice.stack;

import io.github.clearice.task.ParameterException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/** A denoiser whose inner loops work on arrays. */
public abstract class ArrayDenoiser implements Denoiser {

	/** The operation on the pixels of images. */
	protected interface Work {

		/**
		 * @param noisy {@code [images][box * box]} pixels, left as they are
		 * @param denoised receives as many
		 */
		void run(float[][] noisy, float[][] denoised);
	}

	@Override
	public final void denoise(final RandomAccessibleInterval<? extends RealType<?>> noisy,
		final RandomAccessibleInterval<FloatType> denoised)
	{
		onArrays(noisy, denoised, (input, output) -> denoise((int) noisy.min(2), input, output));
	}

	/** Does work with the arrays of images, see {@link PixelArrays}. */
	protected static void onArrays(final RandomAccessibleInterval<? extends RealType<?>> noisy,
		final RandomAccessibleInterval<FloatType> denoised, final Work work)
	{
		PixelArrays.requireAlike(noisy, denoised);
		final float[][] output = PixelArrays.toFill(denoised);
		work.run(PixelArrays.of(noisy), output);
		PixelArrays.write(output, denoised);
	}

	/**
	 * As {@link #denoise(RandomAccessibleInterval, RandomAccessibleInterval)}.
	 *
	 * @param first number of the first image; negative for images that are no particles of the stack
	 * @param noisy {@code [images][box * box]} pixels, left as they are
	 * @param denoised receives as many
	 */
	protected abstract void denoise(int first, float[][] noisy, float[][] denoised);

	/**
	 * Refuses images that are no particles of the stack, for methods that use something of each particle.
	 *
	 * @param first number of the first image
	 * @param count number of images
	 * @param particles number of particles of the stack
	 * @throws ParameterException if one of the images is none of them
	 */
	protected final void requireParticles(final int first, final int count, final int particles) {
		if (first < 0 || first > particles - count) throw new ParameterException(name() +
			" uses what is known of each particle, so it denoises the " + particles +
			" particles of the stack that it was prepared for and no other images. Take them from the image of that stack.");
	}
}
