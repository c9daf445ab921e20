package io.github.clearice.filter.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Against {@code scipy.special.jv} and {@code jn_zeros}. */
class BesselFunctionsTest {

	@Test
	void equalScipy() {
		assertEquals(0.9776262465382961, BesselFunctions.upTo(3, 0.3)[0], 1e-14);
		assertEquals(0.0007765531875334851, BesselFunctions.upTo(9, 2.5)[7], 1e-16);
		assertEquals(0.07270175482281227, BesselFunctions.upTo(40, 100)[40], 1e-13);
		assertEquals(2.0581656631563877e-08, BesselFunctions.upTo(50, 30)[50], 1e-20);
		assertEquals(-0.026819291262508246, BesselFunctions.upTo(3, 800)[3], 1e-12);
		assertArrayEquals(new double[] { 1, 0, 0 }, BesselFunctions.upTo(2, 0));
	}

	@Test
	void zerosEqualScipy() {
		final List<double[]> zeros = BesselFunctions.zeros(50);
		assertEquals(16, zeros.get(0).length);
		assertArrayEquals(new double[] { 6.3801619, 9.76102313 }, Arrays.copyOf(zeros.get(3), 2), 1e-8);
		assertArrayEquals(new double[] { 25.41714081, 29.96160379 }, Arrays.copyOf(zeros.get(20), 2), 1e-8);
	}
}
