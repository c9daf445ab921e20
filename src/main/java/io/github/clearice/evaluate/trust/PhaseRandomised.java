package io.github.clearice.evaluate.trust;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.task.Seeds;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Takes the fine detail out of the noisy images by random phases, as Chen et al. 2013 do with maps: correct detail of
 * the results there comes from the model, not from the data.
 */
final class PhaseRandomised implements TrustTest {

	/** The usual threshold of no significant correlation. */
	private static final double LIMIT = ShellCorrelation.ONE_SEVENTH;
	private static final int STREAM = 0x7b;

	@Override
	public TrustFinding run(final TrustData data) {
		final double[] before = data.correlation(data.denoised, data.clean);
		final double resolution = data.resolutionAngstrom(before);
		final int last = (int) Math.max(2, Math.min(data.rings.nyquist(), Math.floor(data.angstrom(1) / resolution)));
		final int first = Math.max(2, (last + 1) / 2);
		final float[][] randomised = new float[data.noisy.length][];
		for (int i = 0; i < randomised.length; i++) randomised[i] = randomised(data.noisy[i], data.box, first, Seeds.random(
			data.seed, STREAM, i));
		final double[] after = data.correlation(data.denoise(randomised), data.clean);
		final double kept = mean(after, first, last), normal = mean(before, first, last);
		final String words = kept <= LIMIT ? "invents nothing" : kept < 0.5 * normal ? "fills in some detail"
			: "fills in most detail";
		return TrustFinding.atMost("invented", "Does it add detail that the data do not have?", kept, LIMIT, String.format(
			Locale.ROOT,
			"With random phases in the noisy images beyond %.1f Å, results still correlate with the truth by %.2f" +
				" between there and %.1f Å (with the right phases by %.2f). %s", data.angstrom(first), kept, data.angstrom(
					last), normal, kept <= LIMIT ? "What it shows there comes from the images."
						: "It knows this much from its training and fills it in, as every network does that has" +
							" learned a map: right for particles like those of the training, wrong for others.")).inWords(words).plot(
								TrustCurve.CORRELATION,
								new TrustCurve("denoised", data.cutBelowHalf(before)), new TrustCurve(String.format(Locale.ROOT,
									"phases random beyond %.1f Å", data.angstrom(first)), data.cutBelowHalf(after)));
	}

	/** The image with random phases from a ring on; its power stays. */
	static float[] randomised(final float[] image, final int box, final int first, final SplittableRandom random) {
		final RealFourierTransform2D transform = new RealFourierTransform2D(box);
		final HalfPlane plane = new HalfPlane(box);
		final float[] spectrum = new float[transform.spectrumLength()], other = spectrum.clone();
		transform.forward(image, spectrum);
		// The phases of a noise image, so that conjugate partners stay conjugate.
		final float[] noise = new float[image.length];
		for (int p = 0; p < noise.length; p++) noise[p] = (float) random.nextGaussian();
		transform.forward(noise, other);
		for (int i = 0; i < plane.length(); i++) {
			if (Math.round(plane.radius(i)) < first) continue;
			final double size = Math.hypot(spectrum[2 * i], spectrum[2 * i + 1]);
			final double unit = Math.hypot(other[2 * i], other[2 * i + 1]);
			if (unit == 0) continue;
			spectrum[2 * i] = (float) (size * other[2 * i] / unit);
			spectrum[2 * i + 1] = (float) (size * other[2 * i + 1] / unit);
		}
		final float[] result = new float[image.length];
		transform.inverse(spectrum, result);
		return result;
	}

	private static double mean(final double[] values, final int first, final int last) {
		double sum = 0;
		for (int k = first; k <= last; k++) sum += values[k];
		return sum / (last - first + 1);
	}
}
