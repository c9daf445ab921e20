package io.github.clearice.filter;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.Machines;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

/**
 * Finds the cut-off of the {@link LowPass} that gives pairs the highest mean
 * PSNR.
 * <p>
 * By Parseval's theorem the squared error of a filtered image is
 * {@code sum H^2 |Y|^2 - 2 H Re(Y conj X) + |X|^2} over frequencies, so each pair
 * is transformed once and every cut-off is tried on its sums in narrow rings.
 */
final class CutoffSearch {

	/** Rings to a unit of integer frequency: the Gaussian hardly changes within one. */
	private static final int RINGS_PER_UNIT = 8;

	private static final int SCAN = 24;
	private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
	private static final double TOLERANCE = 1e-3;

	private final int box;
	private final double pixelSizeAngstrom;
	private final int rings;
	/** For each pair: |Y|^2 of each ring, Re(Y conj X) of each ring, and the sum of |X|^2. */
	private final double[][] pairSums;

	CutoffSearch(final ParticlePairs pairs, final TaskListener listener) {
		box = pairs.box();
		pixelSizeAngstrom = LowPass.pixelSize(Double.isNaN(pairs.noisy().pixelSizeAngstrom()) ? pairs.clean() : pairs
			.noisy());
		rings = (int) Math.ceil(RINGS_PER_UNIT * box / Math.sqrt(2)) + 2;
		final HalfPlane plane = new HalfPlane(box);
		final int[] ringOf = new int[plane.length()];
		Arrays.setAll(ringOf, i -> (int) Math.round(RINGS_PER_UNIT * plane.radius(i)));
		pairSums = Machines.current().once(() -> pairSums(pairs, plane, ringOf, listener));
	}

	private double[][] pairSums(final ParticlePairs pairs, final HalfPlane plane, final int[] ringOf,
		final TaskListener listener)
	{
		final double[][] found = new double[pairs.size()][];
		StackSample.sum("Searching the best low-pass", pairs.noisy(), 0, () -> {
			final RealFourierTransform2D transform = new RealFourierTransform2D(box);
			final float[] noisySpectrum = new float[transform.spectrumLength()];
			final float[] cleanSpectrum = new float[transform.spectrumLength()];
			final float[] clean = new float[box * box];
			return (index, noisy, unused) -> {
				StackSample.read(pairs.clean(), index, clean);
				transform.forward(noisy, noisySpectrum);
				transform.forward(clean, cleanSpectrum);
				found[index] = sums(noisySpectrum, cleanSpectrum, plane, ringOf);
			};
		}, listener);
		return found;
	}

	/** The best cut-off in Å, to a part in a thousand. */
	double best() {
		final double lowest = Math.log(pixelSizeAngstrom / 4);
		final double highest = Math.log(2 * box * pixelSizeAngstrom);
		final double step = (highest - lowest) / SCAN;
		int best = 0;
		for (int i = 1; i <= SCAN; i++) if (error(lowest + i * step) < error(lowest + best * step)) best = i;
		double low = lowest + Math.max(0, best - 1) * step;
		double high = lowest + Math.min(SCAN, best + 1) * step;
		double inner = high - GOLDEN * (high - low), outer = low + GOLDEN * (high - low);
		double innerError = error(inner), outerError = error(outer);
		while (high - low > TOLERANCE) {
			if (innerError < outerError) {
				high = outer;
				outer = inner;
				outerError = innerError;
				inner = high - GOLDEN * (high - low);
				innerError = error(inner);
			}
			else {
				low = inner;
				inner = outer;
				innerError = outerError;
				outer = low + GOLDEN * (high - low);
				outerError = error(outer);
			}
		}
		return Math.exp((low + high) / 2);
	}

	/** The sum over pairs of the logarithm of the squared error: least where the mean PSNR is highest. */
	private double error(final double logCutoff) {
		final double[] amplitude = new double[rings];
		for (int ring = 0; ring < rings; ring++) {
			final double frequency = (double) ring / RINGS_PER_UNIT / (box * pixelSizeAngstrom);
			amplitude[ring] = LowPass.amplitude(frequency, Math.exp(logCutoff));
		}
		double sum = 0;
		for (final double[] pair : pairSums) {
			if (pair == null) continue;
			double error = pair[2 * rings];
			for (int ring = 0; ring < rings; ring++) {
				error += amplitude[ring] * (amplitude[ring] * pair[ring] - 2 * pair[rings + ring]);
			}
			sum += Math.log(Math.max(Double.MIN_NORMAL, error));
		}
		return sum;
	}

	private double[] sums(final float[] noisy, final float[] clean, final HalfPlane plane, final int[] ringOf) {
		final double[] sums = new double[2 * rings + 1];
		for (int i = 0; i < ringOf.length; i++) {
			final double weight = plane.weight(i);
			final double re = noisy[2 * i], im = noisy[2 * i + 1], cleanRe = clean[2 * i], cleanIm = clean[2 * i + 1];
			sums[ringOf[i]] += weight * (re * re + im * im);
			sums[rings + ringOf[i]] += weight * (re * cleanRe + im * cleanIm);
			sums[2 * rings] += weight * (cleanRe * cleanRe + cleanIm * cleanIm);
		}
		return sums;
	}
}
