package io.github.clearice.filter;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.function.ToDoubleFunction;

/**
 * Shared by the methods that treat one image at a time and assume white noise: the noise level of each image, and all
 * cores at work. An image without noise is left as it is. Results are equivariant: an image times a factor plus an
 * offset gives the result times the factor plus the offset.
 */
public abstract class SingleImageDenoiser extends ArrayDenoiser {

	/** Denoises images one after the other; holds the buffers of one thread. */
	public interface Worker {

		/**
		 * @param image {@code box * box} pixels, left as they are
		 * @param sigma standard deviation of the noise, above 0
		 * @param denoised receives as many pixels
		 */
		void denoise(float[] image, double sigma, float[] denoised);
	}

	/** The square of smaller noise is below the least normal number, as is its product with a small weight. */
	private static final double SMALLEST_SIGMA = 1e-15;

	private final NoiseLevel noise;
	private ToDoubleFunction<float[]> sigmas;
	private int box;

	public SingleImageDenoiser(final NoiseLevel noise) {
		this.noise = noise;
	}

	/** Makes the worker of a thread. */
	protected abstract Worker worker(int imageBox);

	/** The noise level of one image of the stack that was prepared for. */
	protected final double sigma(final float[] image) {
		return sigmas.applyAsDouble(image);
	}

	/** @throws ParameterException if the stack does not suit */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		box = noisy.box();
		sigmas = noise.ofImages(noisy);
	}

	/** Few enough that progress is seen and a cancel is heard soon. */
	@Override
	public int batchSize() {
		return 32;
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (sigmas == null) throw new IllegalStateException("prepare must be called before denoise.");
		if (noisy.length == 0) return;
		if (noisy[0].length != box * box) throw new ParameterException(name() + " was prepared for a box of " + box +
			" pixels, but an image has " + noisy[0].length + " pixels; prepare it for this stack.");
		ParallelLoop.run(noisy.length, 1, thread -> {
			final Worker worker = worker(box);
			return i -> denoise(worker, noisy[(int) i], denoised[(int) i]);
		});
	}

	private void denoise(final Worker worker, final float[] noisy, final float[] denoised) {
		final double sigma = sigma(noisy);
		if (!(sigma > 0)) System.arraycopy(noisy, 0, denoised, 0, noisy.length);
		else if (sigma >= SMALLEST_SIGMA && sigma <= 1 / SMALLEST_SIGMA) worker.denoise(noisy, sigma, denoised);
		else denoiseRescaled(worker, noisy, sigma, denoised);
	}

	/**
	 * Squares of such noise are no normal numbers in float, with which processors are a hundred times slower and results
	 * are lost. A power of two changes nothing but the scale.
	 */
	private static void denoiseRescaled(final Worker worker, final float[] noisy, final double sigma,
		final float[] denoised)
	{
		final double scale = Math.scalb(1.0, -Math.getExponent(sigma));
		final float[] scaled = new float[noisy.length];
		for (int i = 0; i < noisy.length; i++) scaled[i] = (float) (scale * noisy[i]);
		worker.denoise(scaled, scale * sigma, denoised);
		for (int i = 0; i < noisy.length; i++) denoised[i] = (float) (denoised[i] / scale);
	}
}
