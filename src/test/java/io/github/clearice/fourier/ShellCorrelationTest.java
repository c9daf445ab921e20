package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShellCorrelationTest {

	@Test
	void crossingIsInterpolatedInFrequency() {
		// 0.5 lies halfway between shells 2 (0.7) and 3 (0.3), 0.143 at 3 + 0.157/0.2.
		final ShellCorrelation curve = new ShellCorrelation(8, 2, new double[] { 1, 1, 0.7, 0.3, 0.1 });
		assertEquals(16 / 2.5, curve.resolutionAngstrom(0.5), 1e-12);
		assertEquals(16 / 3.785, curve.resolutionAngstrom(0.143), 1e-12);
		assertEquals(3 / 16.0, curve.frequencyPerAngstrom(3));
	}

	@Test
	void firstCrossingCounts() {
		assertEquals(16 / 1.5, new ShellCorrelation(8, 2, new double[] { 1, 0.9, 0.1, 0.9, 0.9 }).resolutionAngstrom(0.5),
			1e-12);
	}

	@Test
	void neverFallingMeansNyquist() {
		assertEquals(4, new ShellCorrelation(8, 2, new double[] { 1, 0.9, 0.9, 0.9, 0.5 }).resolutionAngstrom(0.5));
	}

	@Test
	void nothingResolvedMeansTheBox() {
		assertEquals(16, new ShellCorrelation(8, 2, new double[] { 1, 0.4, 0.9, 0.9, 0.9 }).resolutionAngstrom(0.5));
	}

	@Test
	void emptySpectraDoNotCorrelate() {
		final FourierShells rings = FourierShells.ofImages(8);
		final float[] zero = new float[2 * 8 * 5];
		for (final double value : ShellCorrelation.between(rings, 1, zero, zero).values()) assertEquals(0, value);
	}

	@Test
	void refusesACurveOfAnotherLength() {
		assertThrows(IllegalArgumentException.class, () -> new ShellCorrelation(8, 1, new double[4]));
		assertThrows(IllegalArgumentException.class, () -> new ShellCorrelation(8, 0, new double[5]));
	}
}
