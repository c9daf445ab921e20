package io.github.clearice.train.data;

/** How much images differ from each other: the variance of each pixel between images, mean over pixels. */
public final class ImageVariance {

	private final double[] sums;
	private final double[] squares;
	private long images;

	/** @param pixels of an image */
	public ImageVariance(final int pixels) {
		sums = new double[pixels];
		squares = new double[pixels];
	}

	/** Adds images that lie one after the other. */
	public void add(final float[] values) {
		for (int i = 0; i < values.length; i++) {
			final double value = values[i];
			sums[i % sums.length] += value;
			squares[i % sums.length] += value * value;
		}
		images += values.length / sums.length;
	}

	/** The mean variance; NaN before the first image, or where a value is no number. */
	public double mean() {
		double sum = 0;
		for (int p = 0; p < sums.length; p++) {
			final double mean = sums[p] / images;
			sum += squares[p] / images - mean * mean;
		}
		return sum / sums.length;
	}
}
