package io.github.clearice.filter.covariance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.commons.math3.special.BesselJ;

/** Bessel functions of the first kind of the orders 0 .. K at once, and their zeros. */
final class BesselFunctions {

	/** Zeros of one function lie more than 3 apart. */
	private static final double SCAN = 0.25;

	private BesselFunctions() {}

	/**
	 * {@code J_0(x) .. J_K(x)}; 0 where they are too small for a number.
	 *
	 * @param x 0 to 10000
	 */
	static double[] upTo(final int highestOrder, final double x) {
		return BesselJ.rjBesl(x, 0, highestOrder + 1).getVals();
	}

	/** The positive zeros up to a limit of the orders 0, 1, .., until an order has none. */
	static List<double[]> zeros(final double limit) {
		final int orders = (int) limit + 2;
		final int steps = (int) Math.ceil(limit / SCAN) + 1;
		final double[][] table = new double[steps][];
		for (int i = 0; i < steps; i++) table[i] = upTo(orders, (i + 1) * SCAN);
		final List<double[]> zeros = new ArrayList<>();
		for (int order = 0; order < orders; order++) {
			final double[] found = new double[steps];
			int count = 0;
			for (int i = 0; i + 1 < steps; i++) {
				final double left = table[i][order], right = table[i + 1][order];
				if (left * right >= 0) continue;
				final double zero = refine(order, (i + 1 + left / (left - right)) * SCAN);
				if (zero <= limit) found[count++] = zero;
			}
			if (count == 0) break;
			zeros.add(Arrays.copyOf(found, count));
		}
		return zeros;
	}

	/** Newton's method; J_k' = k / x J_k - J_(k+1). */
	private static double refine(final int order, final double guess) {
		double x = guess;
		for (int i = 0; i < 4; i++) {
			final double[] values = upTo(order + 1, x);
			x -= values[order] / (order / x * values[order] - values[order + 1]);
		}
		return x;
	}
}
