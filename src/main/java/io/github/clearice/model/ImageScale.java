package io.github.clearice.model;

import io.github.clearice.fourier.ImageStatistics;

/**
 * Where the pixels of one noisy image lie.
 *
 * @param mean of all pixels
 * @param deviation their standard deviation; 0 for a constant image
 */
public record ImageScale(double mean, double deviation) {

	/** The scale of images that are already normalised. */
	static final ImageScale NORMALISED = new ImageScale(0, 1);

	/** Measures an image. */
	public static ImageScale of(final float[] image) {
		final ImageStatistics statistics = ImageStatistics.of(image);
		return new ImageScale(statistics.mean(), statistics.standardDeviation());
	}

	/** Whether all pixels were numbers, neither NaN nor infinite. */
	public boolean isFinite() {
		return Double.isFinite(mean) && Double.isFinite(deviation);
	}

	public boolean isConstant() {
		return deviation == 0;
	}
}
