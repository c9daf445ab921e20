package io.github.clearice.evaluate.trust;

/**
 * Values by ring of spatial frequency.
 *
 * @param label for a legend
 * @param values of rings from 0 on, up to {@code box / 2} at most
 */
public record TrustCurve(String label, double[] values) {

	/** What curves of correlations show. */
	static final String CORRELATION = "ring correlation with the truth (1: equal)";
}
