package io.github.clearice.mrc;

/**
 * Smallest, largest, mean and standard deviation of all pixels, section by
 * section. Each section's sums are taken about its own mean and merged by the
 * pairwise formula of Chan, Golub and LeVeque (1979), equation 1.5, so that
 * billions of pixels lose no digits.
 */
final class SectionStatistics {

	private long count;
	private double mean;
	private double squares;
	private float min = Float.POSITIVE_INFINITY;
	private float max = Float.NEGATIVE_INFINITY;

	/** Adds the first pixels of an array, which must be finite. */
	void add(final float[] section, final int pixels) {
		double sum = 0;
		float low = section[0], high = section[0];
		for (int i = 0; i < pixels; i++) {
			final float value = section[i];
			sum += value;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		final double sectionMean = sum / pixels;
		double sectionSquares = 0;
		for (int i = 0; i < pixels; i++) {
			final double deviation = section[i] - sectionMean;
			sectionSquares += deviation * deviation;
		}
		final long total = count + pixels;
		final double difference = sectionMean - mean;
		mean += difference * pixels / total;
		squares += sectionSquares + difference * difference * ((double) count * pixels / total);
		count = total;
		min = Math.min(min, low);
		max = Math.max(max, high);
	}

	float min() {
		return min;
	}

	float max() {
		return max;
	}

	double mean() {
		return mean;
	}

	/** Population standard deviation, which MRC2014 calls rms. */
	double standardDeviation() {
		return Math.sqrt(squares / count);
	}
}
