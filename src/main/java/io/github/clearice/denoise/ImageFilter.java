package io.github.clearice.denoise;

import io.github.clearice.stack.Denoiser;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Denoises one image: the simplest way to add a denoising method. {@link FilterDenoiser} makes a {@link Denoiser} of
 * it.
 */
@FunctionalInterface
public interface ImageFilter {

	/**
	 * Called by several threads at a time, for different images.
	 *
	 * @param noisy one particle with the axes x and y, not to be changed
	 * @param denoised receives the result, of the same size and on the same scale
	 */
	void filter(RandomAccessibleInterval<FloatType> noisy, RandomAccessibleInterval<FloatType> denoised);
}
