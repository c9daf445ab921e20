package io.github.clearice.filter;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

/**
 * The mean of all images of a stack in place of each: the baseline that a method must beat to show that it uses the
 * particle's image at all.
 */
public final class MeanImage extends ArrayDenoiser {

	private float[] mean;

	@Override
	public String name() {
		return "mean image";
	}

	@Override
	public int batchSize() {
		return 256;
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		final double[] sums = StackSample.sum("Averaging", noisy, noisy.box() * noisy.box(), () -> (index, pixels,
			target) -> {
			for (int p = 0; p < pixels.length; p++)
				target[p] += pixels[p];
		}, listener);
		mean = new float[sums.length];
		for (int p = 0; p < mean.length; p++) mean[p] = (float) (sums[p] / StackSample.size(noisy));
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (mean == null) throw new IllegalStateException("prepare must be called before denoise.");
		for (final float[] image : denoised) System.arraycopy(mean, 0, image, 0, mean.length);
	}
}
