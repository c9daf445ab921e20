package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

/**
 * The noise of simulated particles: Gaussian, with a stated level.
 * <p>
 * The level is either a signal-to-noise ratio, {@code var(signal) / var(noise)}
 * of the pixels over the whole box as in Gu 2021, the signal being the picture
 * that the noise is added to, with its CTF if it has one; or the standard
 * deviation of the noise itself. A share of the noise variance may come from the
 * ice, before the CTF, which shapes it; the share is that of the variance in the
 * finished image, so that the stated ratio holds. The rest comes from the camera:
 * white, or with the given radial spectrum. An uneven background lies over it, as
 * ice of uneven thickness makes it.
 *
 * @param snr signal-to-noise ratio of 1e-12 or more, drawn with equal chances for equal factors; null where sigma is
 *          given
 * @param sigma standard deviation of the noise a pixel, 0 to 1e18, or NaN
 * @param definition the definition of the ratio's signal
 * @param iceShare share of the noise variance that the CTF shapes, 0 to 1
 * @param spectrum of the camera's noise, or null for white noise
 * @param background standard deviation over the box of a smooth slope, in standard deviations of the noise
 */
public record NoiseModel(ValueRange snr, double sigma, SnrDefinition definition, ValueRange iceShare,
	NoiseSpectrum spectrum, ValueRange background)
{

	/** The meaning of "signal" if a signal-to-noise ratio sets the noise level. */
	public enum SnrDefinition {

		/**
		 * One noise level for all particles, as a camera has: its variance is the mean
		 * over the stack of the signal's variance, divided by the ratio.
		 */
		STACK,

		/** A noise level for each particle: the variance of its own signal, divided by the ratio. */
		IMAGE
	}

	/** Below, the signal is under a millionth of the noise, which float32 pixels do not resolve. */
	private static final double LEAST_SNR = 1e-12;

	/** Above, sums of squared pixels leave the range of float32. */
	private static final double LARGEST_SIGMA = 1e18;

	/** More would hide the noise. */
	private static final double LARGEST_BACKGROUND = 100;

	public NoiseModel {
		if (snr == null && Double.isNaN(sigma)) throw new ParameterException(
			"Neither snr nor sigma is given. Give one of them, such as snr=0.1.");
		if (snr != null && !Double.isNaN(sigma)) throw new ParameterException("Both snr (" + snr + ") and sigma (" + sigma +
			") are given. Give one of them.");
		if (snr != null && !(snr.low() >= LEAST_SNR)) throw new ParameterException("snr is " + snr +
			". It must be above 0 (" + LEAST_SNR + " or more), such as 0.1.");
		if (snr == null && !(sigma >= 0 && sigma <= LARGEST_SIGMA)) throw new ParameterException("sigma is " + sigma +
			". It must be 0 to " + LARGEST_SIGMA + ", in the units of the projections.");
		if (iceShare == null || !(iceShare.low() >= 0 && iceShare.high() <= 1)) throw new ParameterException(
			"The ice's share of the noise is " + iceShare + ". It must be 0 to 1.");
		if (definition == null) throw new ParameterException("The signal-to-noise ratio has no definition. Use STACK.");
		if (background == null || !(background.low() >= 0 && background.high() <= LARGEST_BACKGROUND))
			throw new ParameterException("The uneven background is " + background + " times the noise. It must be 0 to " +
				LARGEST_BACKGROUND + ".");
	}

	/** White noise of a signal-to-noise ratio, by {@link SnrDefinition#STACK}. */
	public static NoiseModel ofSnr(final double snr) {
		if (!Double.isFinite(snr)) throw new ParameterException("snr is " + snr +
			". It must be above 0 and finite, such as 0.1.");
		return ofSnr(ValueRange.of(snr));
	}

	/** White noise whose signal-to-noise ratio differs from particle to particle, by {@link SnrDefinition#STACK}. */
	public static NoiseModel ofSnr(final ValueRange snr) {
		return new NoiseModel(snr, Double.NaN, SnrDefinition.STACK, ValueRange.ZERO, null, ValueRange.ZERO);
	}

	/** White noise of a standard deviation. */
	public static NoiseModel ofSigma(final double sigma) {
		if (Double.isNaN(sigma)) throw new ParameterException("sigma is NaN. It must be 0 or more.");
		return new NoiseModel(null, sigma, SnrDefinition.STACK, ValueRange.ZERO, null, ValueRange.ZERO);
	}

	/** The same with another definition of the ratio. */
	public NoiseModel by(final SnrDefinition newDefinition) {
		return new NoiseModel(snr, sigma, newDefinition, iceShare, spectrum, background);
	}

	/** The same with a share of the variance from the ice. */
	public NoiseModel withIce(final double share) {
		if (!Double.isFinite(share)) throw new ParameterException("The ice's share of the noise is " + share +
			". It must be 0 to 1.");
		return withIce(ValueRange.of(share));
	}

	/** The same with shares of the variance from the ice. */
	public NoiseModel withIce(final ValueRange share) {
		return new NoiseModel(snr, sigma, definition, share, spectrum, background);
	}

	/** The same with another spectrum of the camera's noise. */
	public NoiseModel withSpectrum(final NoiseSpectrum newSpectrum) {
		return new NoiseModel(snr, sigma, definition, iceShare, newSpectrum, background);
	}

	/** The same with another uneven background. */
	public NoiseModel withBackground(final ValueRange newBackground) {
		return new NoiseModel(snr, sigma, definition, iceShare, spectrum, newBackground);
	}

	/** Whether particles have noise levels of their own. */
	public boolean hasLevels() {
		return snr != null && (!snr.isFixed() || definition == SnrDefinition.IMAGE);
	}
}
