package io.github.clearice.reconstruct.pose;

/**
 * How probable a normalised cross-correlation makes a pose: the likelihood of
 * white noise whose level, and a contrast of the image, are both unknown and
 * take their most likely values, {@code (1 - c^2)^(-n/2)} for n independent numbers in the band.
 *
 * @param numbers n: real numbers of the spectrum within the band
 */
record PoseLikelihood(double numbers) {

	/** For all frequencies from 1 to {@code rings}: half the disc, each with a real and an imaginary part. */
	static PoseLikelihood ofRings(final int rings) {
		return new PoseLikelihood(Math.PI * rings * rings);
	}

	/** The logarithm of the likelihood; negative correlations give no support. */
	double log(final double correlation) {
		final double limited = Math.max(0, Math.min(0.999999, correlation));
		return -0.5 * numbers * Math.log1p(-limited * limited);
	}
}
