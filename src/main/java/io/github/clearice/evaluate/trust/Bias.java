package io.github.clearice.evaluate.trust;

/**
 * The spectrum of the bias, from two images of each particle with noise of their own (Palovcak et al. 2020): {@code
 * cov(De, Do) + cov(Re, Ro) - 2 cov(De, Ro)} in each ring, with D denoised, R raw, e and o the two images. More
 * particles do not average it out. Results that lack the CTFs of the raw images are given them.
 */
final class Bias implements TrustTest {

	private static final double LIMIT = 0.25;
	private static final int STREAM = 0x7c;

	@Override
	public TrustFinding run(final TrustData data) {
		final float[][] even = data.draw(STREAM, 0), odd = data.draw(STREAM, 1);
		final float[][] rawEven = data.spectra(even), rawOdd = data.spectra(odd);
		final float[][] ownEven = data.spectra(data.observed(data.denoise(even)));
		final float[][] ownOdd = data.spectra(data.observed(data.denoise(odd)));
		final double[] results = data.cross(ownEven, ownOdd), signal = data.cross(rawEven, rawOdd);
		final double[] one = data.cross(ownEven, rawOdd), other = data.cross(ownOdd, rawEven);
		final double[] share = new double[signal.length];
		double bias = 0, power = 0;
		for (int k = 1; k < share.length; k++) {
			final double here = results[k] + signal[k] - one[k] - other[k];
			bias += here;
			power += signal[k];
			share[k] = signal[k] > 0 ? Math.max(-1, Math.min(2, here / signal[k])) : 0;
		}
		final double value = bias / power;
		return TrustFinding.atMost("bias", "How wrong is the mean of many results?", value, LIMIT,
			"The error that all results of a particle share, whatever the noise, has " + TrustFinding.percent(value) +
				" of the power of the particles. " + (value <= LIMIT
					? "Averages of results come near the truth, but no nearer than this error."
					: "Averaging results does not remove it: use the noisy images for averages and reconstructions.")).plot(
						"power of the bias / power of the particles", new TrustCurve("bias", data.cut(share)));
	}
}
