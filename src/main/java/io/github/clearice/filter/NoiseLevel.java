package io.github.clearice.filter;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.WhiteNoise;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Where a denoiser's knowledge of the noise comes from: a standard deviation that
 * is known, the pixels outside the particle, or, where it fills the box, the finest detail.
 */
public final class NoiseLevel {

	/** Images that are looked at for a mask, and the part of the background that it makes equal; coarse digits do not. */
	private static final int MASK_SAMPLE = 16;
	private static final double MASKED = 0.3;

	/** From so many box widths on a particle's circle leaves no background. */
	public static final double WHOLE_BOX = 1.3;

	/** NaN where the noise is measured. */
	private final double sigma;
	/** NaN where the particle fills the box. */
	private final double diameterFraction;

	private NoiseLevel(final double sigma, final double diameterFraction) {
		this.sigma = sigma;
		this.diameterFraction = diameterFraction;
	}

	/**
	 * White noise of a known standard deviation a pixel.
	 *
	 * @throws ParameterException if it is negative or infinite
	 */
	public static NoiseLevel ofSigma(final double sigma) {
		if (!(sigma >= 0) || Double.isInfinite(sigma)) throw new ParameterException(
			"The standard deviation of the noise must not be negative, not " + sigma + ".");
		return new NoiseLevel(sigma, Double.NaN);
	}

	/**
	 * White noise that is measured on the finest detail of each image, for particles that fill their box.
	 *
	 * @see WhiteNoise
	 */
	public static NoiseLevel ofFinestDetail() {
		return new NoiseLevel(Double.NaN, Double.NaN);
	}

	/**
	 * Noise that is measured on the pixels outside the particle.
	 *
	 * @param diameterFraction diameter of the circle that holds the particle, as a
	 *          part of the box; {@link ParticleBackground#DEFAULT_DIAMETER_FRACTION}
	 *          fits most particles
	 * @throws ParameterException if the circle leaves no background
	 */
	public static NoiseLevel ofBackground(final double diameterFraction) {
		if (!(diameterFraction > 0 && diameterFraction < WHOLE_BOX)) throw new ParameterException(
			"The particle's diameter must be 0 to " + WHOLE_BOX +
				" box widths to leave a background to estimate noise from, not " + diameterFraction + ".");
		return new NoiseLevel(Double.NaN, diameterFraction);
	}

	/**
	 * The standard deviation of the noise: the root of the mean variance of the
	 * pixels outside the particle, each image about its own background mean.
	 *
	 * @param background which pixels hold no particle
	 * @throws ParameterException if the stack is empty or a pixel is NaN
	 */
	public static double sigma(final ParticleStack stack, final ParticleBackground background,
		final TaskListener listener)
	{
		requireUnmasked(stack, background);
		return sigma(stack, background::variance, listener);
	}

	/**
	 * Refuses masked images, in which noise would seem weaker than it is. Backgrounds of one value are no mistake: images
	 * without noise have them.
	 *
	 * @throws ParameterException if much of the background has one value, but not all of it
	 */
	public static void requireUnmasked(final ParticleStack stack, final ParticleBackground background) {
		final float[] pixels = new float[stack.box() * stack.box()];
		final int[] sample = stack.spread(MASK_SAMPLE);
		double sum = 0;
		for (final int index : sample) {
			stack.read(index, pixels);
			sum += background.equalShare(pixels);
		}
		final double share = sum / sample.length;
		if (share > MASKED && share < 1) throw new ParameterException(String.format(Locale.ROOT,
			"%s is masked: %.0f %% of the pixels outside the particles have one value, so that noise cannot be measured." +
				" Give images as they were extracted.", stack.name(), 100 * share));
	}

	/** The root of the mean variance of the noise, which is measured on each image of a sample. */
	private static double sigma(final ParticleStack stack, final ToDoubleFunction<float[]> variance,
		final TaskListener listener)
	{
		final double[] sum = StackSample.sum("Estimating the noise", stack, 1, () -> (index, pixels,
			sums) -> sums[0] += variance.applyAsDouble(pixels), listener);
		return Math.sqrt(sum[0] / StackSample.size(stack));
	}

	/**
	 * Gives the standard deviation of the noise of one image of a stack; for any number of threads.
	 *
	 * @throws ParameterException if it is measured outside the particles, and the images are masked there
	 */
	ToDoubleFunction<float[]> ofImages(final ParticleStack stack) {
		if (isKnown()) return image -> sigma;
		if (fillsBox()) return image -> WhiteNoise.sigma(image, stack.box());
		final ParticleBackground background = background(stack.box());
		requireUnmasked(stack, background);
		return image -> Math.sqrt(background.variance(image));
	}

	/** The spectra of a stack: of white noise where its level is known, otherwise those of the background. */
	public RadialSpectra spectra(final ParticleStack noisy, final TaskListener listener) {
		if (isKnown()) return RadialSpectra.ofWhiteNoise(noisy, sigma, listener);
		if (fillsBox()) return RadialSpectra.ofWhiteNoise(noisy, sigma(noisy, image -> Math.pow(WhiteNoise
			.sigma(image, noisy.box()), 2), listener), listener);
		return RadialSpectra.ofBackground(noisy, background(noisy.box()), listener);
	}

	private boolean isKnown() {
		return !Double.isNaN(sigma);
	}

	private boolean fillsBox() {
		return !isKnown() && Double.isNaN(diameterFraction);
	}

	private ParticleBackground background(final int box) {
		return new ParticleBackground(box, diameterFraction * box / 2);
	}
}
