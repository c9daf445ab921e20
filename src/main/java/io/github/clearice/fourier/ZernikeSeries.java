package io.github.clearice.fourier;

import java.util.ArrayList;
import java.util.List;

/**
 * A sum of Zernike polynomials {@code R(m, n, r) cos(m phi)} and, for negative m, {@code R(-m, n, r) sin(-m phi)} in
 * the plane, all of even or all of odd order, by ascending n and then m. Immutable and thread-safe.
 */
public final class ZernikeSeries {

	/** Sums of more exceed double precision. */
	private static final int MOST = 200;

	/** For one |m|: the polynomials in r^2 that multiply the real and the imaginary part of (x + i y)^|m|. */
	private record Angular(int m, double[] real, double[] imaginary) {}

	private final List<Angular> parts = new ArrayList<>();


	private ZernikeSeries(final List<Double> coefficients, final boolean odd) {
		if (coefficients.size() > MOST) throw new IllegalArgumentException("There are " + coefficients.size() +
			" Zernike coefficients, but at most " + MOST + " can be used.");
		int n = odd ? 1 : 0, m = -n;
		int largest = 0;
		final double[][][] sums = new double[2 * MOST][2][];
		for (final double coefficient : coefficients) {
			if (coefficient != 0) {
				add(sums, n, m, coefficient);
				largest = n;
			}
			m += 2;
			if (m > n) {
				n += 2;
				m = -n;
			}
		}

		for (int order = 0; order <= largest; order++) if (sums[order][0] != null) parts.add(new Angular(order,
			sums[order][0], sums[order][1]));
	}

	/** Antisymmetric: (m, n) = (-1, 1), (1, 1), (-3, 3), (-1, 3), (1, 3), (3, 3), ... */
	public static ZernikeSeries odd(final List<Double> coefficients) {
		return new ZernikeSeries(coefficients, true);
	}

	/** Symmetric: (m, n) = (0, 0), (-2, 2), (0, 2), (2, 2), (-4, 4), ... */
	public static ZernikeSeries even(final List<Double> coefficients) {
		return new ZernikeSeries(coefficients, false);
	}

	/** The sum at a point; the unit of length is that in which the radius is 1. */
	public double at(final double x, final double y) {
		final double square = x * x + y * y;
		double sum = 0, re = 1, im = 0;
		int power = 0;
		for (final Angular part : parts) {
			for (; power < part.m(); power++) {
				final double next = re * x - im * y;
				im = re * y + im * x;
				re = next;
			}
			sum += polynomial(part.real(), square) * re + polynomial(part.imaginary(), square) * im;
		}
		return sum;
	}

	/** The mean of the sum over a circle about the origin: its terms of m = 0. */
	public double roundPartAt(final double radius) {
		return parts.isEmpty() || parts.get(0).m() > 0 ? 0 : polynomial(parts.get(0).real(), radius * radius);
	}

	private static double polynomial(final double[] coefficients, final double x) {
		double value = 0;
		for (int k = coefficients.length - 1; k >= 0; k--) value = value * x + coefficients[k];
		return value;
	}


	/** Adds the radial polynomial divided by r^|m|, which is one in r^2. */
	private static void add(final double[][][] sums, final int n, final int m, final double coefficient) {
		final int order = Math.abs(m), half = (n - order) / 2;
		for (int part = 0; part < 2; part++) {
			final double[] old = sums[order][part];
			final double[] grown = new double[Math.max(half + 1, old == null ? 0 : old.length)];
			if (old != null) System.arraycopy(old, 0, grown, 0, old.length);
			sums[order][part] = grown;
		}
		for (int k = 0; k <= half; k++)
			sums[order][m < 0 ? 1 : 0][half - k] += coefficient * (k % 2 == 0 ? 1 : -1) * binomial(n - k, k) * binomial(n -
				2 * k, half - k);
	}

	private static double binomial(final int n, final int k) {
		double value = 1;
		for (int i = 1; i <= k; i++) value = value * (n - k + i) / i;
		return value;
	}
}
