package io.github.clearice.denoise;

import io.github.clearice.stack.Denoiser;
import io.github.clearice.task.ParallelLoop;

import java.util.Objects;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A denoiser that applies a filter to one image after the other, on all cores.
 *
 * @param name what tables and messages call the method
 * @param filter of one image
 */
public record FilterDenoiser(String name, ImageFilter filter) implements Denoiser {

	public FilterDenoiser {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(filter, "filter");
	}

	@Override
	public void denoise(final float[][] noisy, final float[][] denoised) {
		ParallelLoop.run(noisy.length, 1, thread -> i -> filter.filter(image(noisy[(int) i].clone()), image(
			denoised[(int) i])));
	}

	private static RandomAccessibleInterval<FloatType> image(final float[] pixels) {
		final int box = (int) Math.round(Math.sqrt(pixels.length));
		return ArrayImgs.floats(pixels, box, box);
	}
}
