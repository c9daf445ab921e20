package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FourierSeriesTest {

	@Test
	void evaluatesTheSeriesAtAllAngles() {
		final float[] values = { 3, 0, 1, -2, 0.5f, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
		new FourierSeries(16).evaluate(values);
		for (int i = 0; i < 16; i++) {
			final double phi = 2 * Math.PI * i / 16;
			assertEquals(1.5 + Math.cos(phi) + 2 * Math.sin(phi) + 0.5 * Math.cos(2 * phi) - 4 * Math.sin(2 * phi), values[i],
				1e-5);
		}
	}
}
