package io.github.clearice.filter.covariance;

import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

/**
 * An image as two with independent noise: noise as strong as half of its own is added for the one, and twice as much of
 * the same subtracted for the other. What is done with the first can be judged by the second, even if it depends on the
 * noise.
 *
 * @param index of the image in its sample
 * @param first part, with {@value #FIRST_NOISE} times the variance of the image's noise
 * @param second part, with {@value #SECOND_NOISE} times
 * @see <a href="https://doi.org/10.48550/arXiv.2112.03220">Leiner et al. 2023</a>, on data fission
 */
record SplitImage(int index, float[] first, float[] second) {

	/** The added noise's variance, in units of the image's, in the first part; in the second its inverse. */
	private static final double ADDED = 0.5;
	static final double FIRST_NOISE = 1 + ADDED, SECOND_NOISE = 1 + 1 / ADDED;

	private static final int STREAM = 0x591;

	/**
	 * Splits an image.
	 *
	 * @param shown what it shows of the components
	 * @param gain of its group: the variances of its noise
	 */
	static SplitImage of(final SignalFrame frame, final int index, final float[] shown, final float[] gain) {
		final SplittableRandom random = Seeds.random(STREAM, index);
		final int length = frame.length();
		final float[] first = shown.clone(), second = shown.clone();
		for (int k = 0; k < frame.orders(); k++) for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) {
			// Components of order 0 are real.
			final double sigma = Math.sqrt(gain[c] / FourierBesselBasis.multiplicity(k));
			for (int i = 0; i < FourierBesselBasis.multiplicity(k); i++) {
				final double noise = sigma * random.nextGaussian();
				first[i * length + c] += (float) (Math.sqrt(ADDED) * noise);
				second[i * length + c] -= (float) (noise / Math.sqrt(ADDED));
			}
		}
		return new SplitImage(index, first, second);
	}
}
