package io.github.clearice.metrics;

import java.util.Arrays;

/** The windows and constants by which the structural similarity is computed. */
public enum SimilarityWindow {

	/** Gaussian of 11 x 11 pixels, sigma 1.5; population covariance: Wang et al. 2004. */
	WANG_2004(gaussian(5, 1.5), 1, 1, 2),

	/**
	 * As Gu et al. 2021 print it, after Wang et al. 2004 but with {@code c1 = K1 L^2} and
	 * {@code c2 = K2 L^2}, where Wang squares K too: larger constants, so that noise in
	 * dark places counts for little and the figures come out high.
	 */
	GU_2021_PRINTED(gaussian(5, 1.5), 1, 1, 1),

	/**
	 * As computed by the code published with Gu et al. 2021, with scikit-image's defaults of its time: a flat window of 7
	 * x 7 pixels, the sample covariance (n / (n - 1)), and for L twice the range of images in [0, 1], because floats were
	 * taken to range over [-1, 1]. Its figures are higher than Wang's.
	 */
	PUBLISHED_CODE(uniform(7), 49.0 / 48, 2, 2);

	private final double[] weights;
	private final double covarianceFactor;
	private final double rangeFactor;
	private final int exponent;

	SimilarityWindow(final double[] weights, final double covarianceFactor, final double rangeFactor,
		final int exponent)
	{
		this.exponent = exponent;
		this.weights = weights;
		this.covarianceFactor = covarianceFactor;
		this.rangeFactor = rangeFactor;
	}

	/** Edge length in pixels. */
	public int size() {
		return weights.length;
	}

	/** The weights along one axis; their sum is 1. */
	double[] weights() {
		return weights;
	}

	/** From the population covariance to the one wanted. */
	double covarianceFactor() {
		return covarianceFactor;
	}

	/** One of the two constants that keep the denominators from vanishing: {@code K^exponent L^2}. */
	double constant(final double k, final double range) {
		final double span = range * rangeFactor;
		return Math.pow(k, exponent) * span * span;
	}

	private static double[] gaussian(final int radius, final double sigma) {
		final double[] weights = new double[2 * radius + 1];
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			final double t = (i - radius) / sigma;
			weights[i] = Math.exp(-t * t / 2);
			sum += weights[i];
		}
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		return weights;
	}

	private static double[] uniform(final int size) {
		final double[] weights = new double[size];
		Arrays.fill(weights, 1.0 / size);
		return weights;
	}
}
