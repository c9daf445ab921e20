package io.github.clearice.evaluate.trust;

/**
 * Values by ring of spatial frequency.
 *
 * @param label for a legend
 * @param values of rings 0 to {@code box / 2}
 */
public record TrustCurve(String label, double[] values) {}
