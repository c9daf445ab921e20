package io.github.clearice.evaluate.trust;

import io.github.clearice.task.Seeds;

import java.util.List;
import java.util.Locale;

/**
 * The spectrum of the bias, from two images of each particle with noise of their own (Palovcak et al. 2020):
 * {@code cov(De, Do) + cov(Re, Ro) - 2 cov(De, Ro)} in each ring, with D denoised, R raw, e and o the two images. It is
 * what more particles do not average away.
 */
final class Bias implements TrustTest {

	private static final double LIMIT = 0.25;
	private static final int STREAM = 0x7c;

	@Override
	public TrustFinding run(final TrustData data) {
		final float[][] even = noisy(data, 0), odd = noisy(data, 1);
		final float[][] rawEven = data.spectra(even), rawOdd = data.spectra(odd);
		final float[][] ownEven = data.spectra(data.denoise(even)), ownOdd = data.spectra(data.denoise(odd));
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
		return TrustFinding.atMost("bias", "How wrong is the mean of many results?", value, LIMIT, String.format(
			Locale.ROOT,
			"The error that results have in common, whatever the noise, has %.0f %% of the power of the particles. %s", 100 *
				value, value <= LIMIT ? "Averages of results will be near the truth, but no nearer than that."
					: "Averaging results will not bring it back: use the noisy images for averages and reconstructions."), List
						.of(new TrustCurve("bias / signal", share)), List.of());
	}

	private static float[][] noisy(final TrustData data, final int half) {
		final float[][] images = new float[data.clean.length][data.box * data.box];
		for (int i = 0; i < images.length; i++)
			data.noise.draw(data.indices[i], data.clean[i], Seeds.random(data.seed, STREAM, half, i), images[i]);
		return images;
	}
}
