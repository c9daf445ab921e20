package io.github.clearice.evaluate;

import java.util.Arrays;

/** The windows in which the structural similarity is computed. */
public enum SimilarityWindow {

	/** Gaussian of 11 x 11 pixels, sigma 1.5; population covariance: Wang et al. 2004. */
	WANG_2004(gaussian(5, 1.5), 1),

	/**
	 * Flat window of 7 x 7 pixels with the sample covariance (n / (n - 1)): what the
	 * code published with Gu et al. 2021 computes.
	 */
	UNIFORM_7(uniform(7), 49.0 / 48);

	private final double[] weights;
	private final double covarianceFactor;

	SimilarityWindow(final double[] weights, final double covarianceFactor) {
		this.weights = weights;
		this.covarianceFactor = covarianceFactor;
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
