package io.github.clearice.stack;

import io.github.clearice.task.TaskListener;

/**
 * Denoises dark particles with a method that expects bright ones: the method sees them inverted, and the results have
 * the contrast of the particles again.
 */
public final class InvertingDenoiser extends DenoiserView {

	/** @param denoiser the method, closed along with this */
	public InvertingDenoiser(final Denoiser denoiser) {
		super(denoiser);
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		denoiser.prepare(noisy.with((index, pixels) -> {
			noisy.read(index, pixels);
			invert(pixels);
		}), listener);
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		final float[][] inverted = new float[noisy.length][];
		for (int i = 0; i < noisy.length; i++) {
			inverted[i] = noisy[i].clone();
			invert(inverted[i]);
		}
		denoiser.denoise(PixelArrays.image(first, inverted), PixelArrays.image(first, denoised));
		for (final float[] image : denoised) invert(image);
	}

	private static void invert(final float[] image) {
		for (int p = 0; p < image.length; p++) image[p] = -image[p];
	}
}
