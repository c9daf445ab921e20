package io.github.clearice.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MicrographStudyTest {

	@Test
	void scaleAndOffsetDoNotCount() {
		final float[] clean = { 0, 1, 0, 4 }, other = { 1, -1, 2, 0 };
		// Deviations -1.25, -0.25, -1.25, 2.75 and 0.5, -1.5, 1.5, -0.5: 10.75 - 3.5^2 / 5 is left.
		final double expected = 10 * Math.log10(16 * 4 / (10.75 - 3.5 * 3.5 / 5));
		assertEquals(expected, MicrographStudy.fittedPsnr(clean, other), 1e-9);
		final float[] changed = other.clone();
		for (int i = 0; i < changed.length; i++) changed[i] = 7 - 3 * other[i];
		assertEquals(expected, MicrographStudy.fittedPsnr(clean, changed), 1e-6);
		assertEquals(10 * Math.log10(16 * 4 / 10.75), MicrographStudy.fittedPsnr(clean, new float[4]), 1e-9);
	}
}
