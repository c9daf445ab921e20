package io.github.clearice.simulate;

/** How like an image is to the one expected: Pearson's correlation, and the slope of the regression on it. */
record Likeness(double correlation, double slope) {

	static Likeness of(final float[] expected, final float[] image) {
		double meanExpected = 0, meanImage = 0;
		for (int i = 0; i < image.length; i++) {
			meanExpected += expected[i];
			meanImage += image[i];
		}
		meanExpected /= image.length;
		meanImage /= image.length;
		double both = 0, first = 0, second = 0;
		for (int i = 0; i < image.length; i++) {
			final double a = expected[i] - meanExpected, b = image[i] - meanImage;
			both += a * b;
			first += a * a;
			second += b * b;
		}
		return new Likeness(both / Math.sqrt(first * second), both / first);
	}
}
