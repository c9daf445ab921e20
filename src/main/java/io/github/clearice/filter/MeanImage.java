package io.github.clearice.filter;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

/**
 * The mean of all images of a stack in place of each: the baseline that a method must beat to show that it uses the
 * particle's image at all. The mean of noisy images keeps a share of their noise, which counts where there are few or
 * the noise is strong; that of the clean images is the best that one image for all can be.
 */
public final class MeanImage extends ArrayDenoiser {

	private final ParticleStack clean;
	private float[] mean;

	/** The mean of the images that are denoised. */
	public MeanImage() {
		this(null);
	}

	/** @param clean images whose mean is taken instead; left open */
	public MeanImage(final ParticleStack clean) {
		this.clean = clean;
	}

	@Override
	public String name() {
		return clean == null ? "mean image" : "mean of the clean images";
	}

	@Override
	public int batchSize() {
		return 256;
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		final ParticleStack averaged = clean == null ? noisy : clean;
		final double[] sums = StackSample.sum("Averaging", averaged, averaged.box() * averaged.box(), () -> (index, pixels,
			target) -> {
			for (int p = 0; p < pixels.length; p++)
				target[p] += pixels[p];
		}, listener);
		mean = new float[sums.length];
		for (int p = 0; p < mean.length; p++) mean[p] = (float) (sums[p] / StackSample.size(averaged));
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (mean == null) throw new IllegalStateException("prepare must be called before denoise.");
		for (final float[] image : denoised) System.arraycopy(mean, 0, image, 0, mean.length);
	}
}
