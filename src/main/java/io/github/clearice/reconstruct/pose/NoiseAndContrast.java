package io.github.clearice.reconstruct.pose;

import java.io.Serializable;
import java.util.List;

/**
 * What the images of a stack are but projections: noise with a radial spectrum, of which a part has passed through the
 * CTF, and a contrast, which differs from particle to particle as a normal distribution says.
 *
 * @param camera variance of a pixel's noise by ring, which the CTF does not change; element 0 is unused
 * @param ice the same of noise that the square of the CTF multiplies
 * @param contrast mean factor of projections in images; 0 where no more is known than that it is positive
 * @param contrastVariance variance of the factors
 */
record NoiseAndContrast(double[] camera, double[] ice, double contrast, double contrastVariance)
	implements Serializable
{

	/** Squares of transfer functions are told apart in so many steps. */
	static final int BINS = 8;

	/** The least noise, as a part of the mean power of the images: as if those without noise had a little. */
	private static final double LEAST_NOISE = 1e-4;

	private static final int FITS = 12;

	/** The least factor of a contrast that is uncertain. */
	private static final double LEAST_SHRINKING = 0.5;

	/** Spreads of the contrast that are tried, as parts of it. */
	private static final double SPREAD_STEP = 0.01, LARGEST_SPREAD = 1;

	/**
	 * What one image says.
	 *
	 * @param cross mean, over all poses, of the sum of products of image and projection by the noise
	 * @param square mean of the sum of squares of the projection by the noise
	 * @param slopeVariance variance, over all poses, of the slope of the log likelihood as the contrast grows
	 * @param residuals by ring and step of the squared transfer function: mean sum of squares of the image less the
	 *          projection
	 * @param transfers sums of squared transfer functions
	 * @param counts numbers of samples
	 */
	record Observation(double cross, double square, double slopeVariance, double[][] residuals, double[][] transfers,
		double[][] counts) {}

	/**
	 * All power of the images being noise, which is more than there is, and a contrast that is only known to be positive.
	 *
	 * @param contrastSquare mean square that the contrast may have
	 */
	static NoiseAndContrast ofPower(final double[] power, final double contrastSquare) {
		return new NoiseAndContrast(power, new double[power.length], 0, contrastSquare);
	}

	/** The variance of the noise at a ring where the square of the transfer function has a value. */
	double noise(final int ring, final double squaredTransfer) {
		return camera[ring] + ice[ring] * squaredTransfer;
	}

	/** The logarithm of the likelihood of a pose, of all contrasts together, up to what is the same for all poses. */
	double log(final double cross, final double square) {
		final double spread = 1 + square * contrastVariance, positive = positive(cross);
		return (positive * positive * contrastVariance + 2 * contrast * positive - contrast * contrast * square) / (2 *
			spread) - 0.5 * Math.log(spread);
	}

	/** Projections with the wrong sign are no better than none. */
	private double positive(final double cross) {
		return contrast == 0 ? Math.max(0, cross) : cross;
	}

	/** The least cross term with which {@link #log} is a value, where it grows with it. */
	double crossOf(final double log, final double square) {
		final double spread = 1 + square * contrastVariance, right = 2 * spread * (log + 0.5 * Math.log(spread)) +
			contrast * contrast * square;
		if (Math.abs(contrastVariance * right) < 1e-9 * contrast * contrast) return right / (2 * contrast);
		final double discriminant = contrast * contrast + contrastVariance * right;
		return discriminant > 0 ? (Math.sqrt(discriminant) - contrast) / contrastVariance : Double.NEGATIVE_INFINITY;
	}

	/** The mean contrast of an image, if a pose is its own. */
	double mean(final double cross, final double square) {
		return (positive(cross) * contrastVariance + contrast) / (1 + square * contrastVariance);
	}

	/** The variance of the contrast of an image, if a pose is its own. */
	double variance(final double square) {
		return contrastVariance / (1 + square * contrastVariance);
	}

	/**
	 * A step of expectation maximisation.
	 *
	 * @param white whether the noise has the same power at all frequencies
	 */
	static NoiseAndContrast of(final List<Observation> observations, final boolean white) {
		final int rings = observations.get(0).residuals().length;
		final double[][] residuals = new double[rings][BINS], transfers = new double[rings][BINS], counts =
			new double[rings][BINS];
		for (final Observation observation : observations) for (int r = 1; r < rings; r++) for (int b = 0; b < BINS; b++) {
			residuals[r][b] += observation.residuals()[r][b];
			transfers[r][b] += observation.transfers()[r][b];
			counts[r][b] += observation.counts()[r][b];
		}
		double sum = 0, count = 0;
		for (int r = 1; r < rings; r++) for (int b = 0; b < BINS; b++) {
			sum += residuals[r][b];
			count += counts[r][b];
		}
		final double[] camera = new double[rings], ice = new double[rings];
		for (int r = 1; r < rings; r++) {
			if (white) camera[r] = sum / count;
			else fit(residuals[r], transfers[r], counts[r], r, camera, ice);
		}
		final double spread = spread(observations);
		final double contrast = contrast(observations, spread);
		return new NoiseAndContrast(camera, ice, contrast, spread);
	}

	/**
	 * With a smaller contrast where images tell little of it: the largest likelihood is where poses fit the noise best.
	 * The estimate shrinks by its variance (James and Stein), which is that of known poses plus what is missing of them
	 * (Louis 1982).
	 */
	NoiseAndContrast shrunk(final List<Observation> observations) {
		double information = 0;
		for (final Observation observation : observations) {
			final double spread = 1 + observation.square() * contrastVariance;
			information += observation.square() / spread - observation.slopeVariance() / (spread * spread);
		}
		final double known = information * contrast * contrast, factor = known > 0 ? Math.max(LEAST_SHRINKING, 1 - 1 /
			known) : LEAST_SHRINKING;
		return new NoiseAndContrast(camera, ice, factor * contrast, factor * factor * contrastVariance);
	}

	/** Noise that is at least a part of the power of images about their means. */
	NoiseAndContrast atLeast(final double powerPerPixel) {
		final double[] raised = camera.clone();
		for (int r = 1; r < raised.length; r++)
			raised[r] = Math.max(raised[r], LEAST_NOISE * powerPerPixel);
		return new NoiseAndContrast(raised, ice, contrast, contrastVariance);
	}

	/**
	 * Splits the power of a ring: the most likely variances of exponentially distributed powers (Fisher's scoring).
	 */
	private static void fit(final double[] residuals, final double[] transfers, final double[] counts, final int ring,
		final double[] camera, final double[] ice)
	{
		double sum = 0, count = 0, transfer = 0;
		for (int b = 0; b < BINS; b++) {
			sum += residuals[b];
			count += counts[b];
			transfer += transfers[b];
		}
		double a = sum / count, b = 0;
		final double least = 1e-3 * a;
		// Where the CTF is the same in all images, it gives no information.
		for (int step = 0; step < FITS; step++) {
			double w = 0, wx = 0, wxx = 0, wy = 0, wxy = 0;
			for (int i = 0; i < BINS; i++) {
				if (counts[i] == 0) continue;
				final double x = transfers[i] / counts[i], y = residuals[i] / counts[i], variance = a + b * x;
				final double weight = counts[i] / (variance * variance);
				w += weight;
				wx += weight * x;
				wxx += weight * x * x;
				wy += weight * y;
				wxy += weight * x * y;
			}
			final double determinant = w * wxx - wx * wx;
			if (!(determinant > 1e-4 * w * w)) {
				a = sum / count;
				b = 0;
				break;
			}
			a = (wxx * wy - wx * wxy) / determinant;
			b = (w * wxy - wx * wy) / determinant;
			if (b < 0) {
				b = 0;
				a = sum / count;
			}
			else if (a < least) {
				a = least;
				b = Math.max(0, sum - least * count) / transfer;
			}
		}
		camera[ring] = a;
		ice[ring] = b;
	}

	private static double contrast(final List<Observation> observations, final double variance) {
		double cross = 0, square = 0;
		for (final Observation observation : observations) {
			cross += observation.cross() / (1 + observation.square() * variance);
			square += observation.square() / (1 + observation.square() * variance);
		}
		return cross / square;
	}

	/** The most likely variance of the contrast: EM itself would take very many steps to find that there is none. */
	private static double spread(final List<Observation> observations) {
		final double typical = contrast(observations, 0);
		double best = 0, most = Double.NEGATIVE_INFINITY;
		for (double part = 0; part <= LARGEST_SPREAD; part += SPREAD_STEP) {
			final double variance = part * part * typical * typical;
			final NoiseAndContrast tried = new NoiseAndContrast(null, null, contrast(observations, variance), variance);
			double sum = 0;
			for (final Observation observation : observations) sum += tried.log(observation.cross(), observation.square());
			if (sum > most) {
				most = sum;
				best = variance;
			}
		}
		return best;
	}
}
