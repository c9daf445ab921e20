package io.github.clearice.fourier;

/**
 * Mean, spread and extremes of pixels.
 *
 * @param mean arithmetic mean
 * @param standardDeviation population standard deviation (divided by n)
 * @param minimum smallest pixel
 * @param maximum largest pixel
 */
public record ImageStatistics(double mean, double standardDeviation, double minimum, double maximum) {

	/**
	 * Statistics of all pixels, in double precision and two passes, so that a large
	 * offset does not swallow a small spread. A NaN pixel makes all four NaN.
	 *
	 * @param pixels at least one
	 */
	public static ImageStatistics of(final float[] pixels) {
		double sum = 0;
		float minimum = Float.POSITIVE_INFINITY;
		float maximum = Float.NEGATIVE_INFINITY;
		for (final float pixel : pixels) {
			sum += pixel;
			minimum = Math.min(minimum, pixel);
			maximum = Math.max(maximum, pixel);
		}
		final double mean = sum / pixels.length;
		double squares = 0;
		for (final float pixel : pixels) squares += (pixel - mean) * (pixel - mean);
		return new ImageStatistics(mean, Math.sqrt(squares / pixels.length), minimum, maximum);
	}

	/** {@code maximum - minimum}. */
	public double range() {
		return maximum - minimum;
	}

	/** Population variance. */
	public double variance() {
		return standardDeviation * standardDeviation;
	}

	/**
	 * Index of the first pixel that is NaN or infinite, or -1 where all are
	 * numbers.
	 */
	public static int firstNotFinite(final float[] pixels) {
		for (int i = 0; i < pixels.length; i++) if (!Float.isFinite(pixels[i])) return i;
		return -1;
	}
}
