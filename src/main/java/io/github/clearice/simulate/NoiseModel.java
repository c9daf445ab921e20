package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

/**
 * The noise of simulated particles: Gaussian, with a stated level.
 * <p>
 * The level is either a signal-to-noise ratio, {@code var(signal) / var(noise)}
 * of the pixels over the whole box as in Gu 2021, the signal being the picture
 * that the noise is added to, with its CTF if it has one; or the standard
 * deviation of the noise itself. Exactly one of the two is a number, the other
 * NaN. A share of the noise variance may come from the ice, before the CTF, which
 * shapes it; the share is that of the variance in the finished image, so that the
 * stated ratio holds. The rest comes from the camera: white, or with the given
 * radial spectrum.
 *
 * @param snr signal-to-noise ratio of 1e-12 or more, or NaN
 * @param sigma standard deviation of the noise a pixel, 0 to 1e18, or NaN
 * @param definition what the ratio's signal is
 * @param iceShare share of the noise variance that the CTF shapes, 0 to 1
 * @param spectrum of the camera's noise, or null for white noise
 */
public record NoiseModel(double snr, double sigma, SnrDefinition definition, double iceShare, NoiseSpectrum spectrum) {

	/** Below, the signal is under a millionth of the noise, which float32 pixels do not resolve. */
	private static final double LEAST_SNR = 1e-12;

	/** Above, sums of squared pixels leave the range of float32. */
	private static final double LARGEST_SIGMA = 1e18;

	public NoiseModel {
		if (Double.isNaN(snr) == Double.isNaN(sigma)) throw new ParameterException(Double.isNaN(snr)
			? "Neither snr nor sigma is given. Give one of them, such as snr=0.1."
			: "Both snr (" + snr + ") and sigma (" + sigma + ") are given. Give one of them.");
		if (!Double.isNaN(snr) && !(snr >= LEAST_SNR && snr < Double.POSITIVE_INFINITY)) throw new ParameterException(
			"snr is " + snr + ". It must be above 0 (" + LEAST_SNR + " or more), such as 0.1.");
		if (!Double.isNaN(sigma) && !(sigma >= 0 && sigma <= LARGEST_SIGMA)) throw new ParameterException("sigma is " +
			sigma + ". It must be 0 to " + LARGEST_SIGMA + ", in the units of the projections.");
		if (!(iceShare >= 0 && iceShare <= 1)) throw new ParameterException("The ice's share of the noise is " + iceShare +
			". It must be 0 to 1.");
		if (definition == null) throw new ParameterException("The signal-to-noise ratio has no definition. Use STACK.");
	}

	/** White noise of a signal-to-noise ratio, by {@link SnrDefinition#STACK}. */
	public static NoiseModel ofSnr(final double snr) {
		if (Double.isNaN(snr)) throw new ParameterException("snr is NaN. It must be above 0, such as 0.1.");
		return new NoiseModel(snr, Double.NaN, SnrDefinition.STACK, 0, null);
	}

	/** White noise of a standard deviation. */
	public static NoiseModel ofSigma(final double sigma) {
		if (Double.isNaN(sigma)) throw new ParameterException("sigma is NaN. It must be 0 or more.");
		return new NoiseModel(Double.NaN, sigma, SnrDefinition.STACK, 0, null);
	}

	/** The same with another definition of the ratio. */
	public NoiseModel by(final SnrDefinition newDefinition) {
		return new NoiseModel(snr, sigma, newDefinition, iceShare, spectrum);
	}

	/** The same with a share of the variance from the ice. */
	public NoiseModel withIce(final double share) {
		return new NoiseModel(snr, sigma, definition, share, spectrum);
	}

	/** The same with another spectrum of the camera's noise. */
	public NoiseModel withSpectrum(final NoiseSpectrum newSpectrum) {
		return new NoiseModel(snr, sigma, definition, iceShare, newSpectrum);
	}
}
