package io.github.clearice.filter.covariance;

import io.github.clearice.filter.StackSample;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

/**
 * The level of each image outside the circle that touches the box, which functions
 * within the circle cannot tell: the mean of its pixels there, drawn to that of the
 * whole stack by as much as noise alone makes it vary.
 */
final class ImageOffset {

	private final ParticleBackground corners;
	private final double mean;
	private final double trust;

	/** @param noiseVariance of a pixel, at low frequencies */
	ImageOffset(final ParticleStack stack, final double noiseVariance, final TaskListener listener) {
		corners = new ParticleBackground(stack.box(), stack.box() / 2.0);
		final int images = StackSample.size(stack);
		final double[] sums = StackSample.sum("Estimating the background", stack, 2, () -> (index, pixels, target) -> {
			final double level = corners.mean(pixels);
			target[0] += level;
			target[1] += level * level;
		}, listener);
		mean = sums[0] / Math.max(1, images);
		final double variance = Math.max(0, sums[1] / Math.max(1, images) - mean * mean);
		final double noise = noiseVariance / corners.size();
		trust = variance > noise ? 1 - noise / variance : 0;
	}

	/** Takes the level off an image in place and returns it. */
	float remove(final float[] pixels) {
		final float level = (float) (mean + trust * (corners.mean(pixels) - mean));
		for (int i = 0; i < pixels.length; i++) pixels[i] -= level;
		return level;
	}
}
