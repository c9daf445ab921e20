package io.github.clearice.classical;

import io.github.clearice.image.ParticleBackground;
import io.github.clearice.particle.ParticleStack;
import io.github.clearice.task.TaskListener;

/** Estimates the noise of particle images whose noise level nobody states. */
public final class NoiseLevel {

	private NoiseLevel() {}

	/**
	 * The standard deviation of the noise: the root of the mean variance of the
	 * pixels outside the particle, each image about its own background mean.
	 *
	 * @param background which pixels hold no particle
	 * @throws ClassicalException if the stack is empty or a pixel is NaN
	 */
	public static double sigma(final ParticleStack stack, final ParticleBackground background,
		final TaskListener listener)
	{
		final double[] sum = StackSample.sum("Estimating the noise", stack, 1, () -> (index, pixels,
			sums) -> sums[0] += background.variance(pixels), listener);
		return Math.sqrt(sum[0] / StackSample.size(stack));
	}
}
