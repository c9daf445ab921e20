package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FourierSeriesTest {

	@Test
	void evaluatesTheSeriesAtAllAngles() {
		final FourierSeries series = new FourierSeries(16, 3);
		final float[] values = new float[16];
		series.evaluate(new float[] { 1.5f, 1, 0.5f }, new float[] { 7, 2, -4 }, values);
		for (int i = 0; i < 16; i++) {
			final double phi = 2 * Math.PI * i / 16;
			assertEquals(phi, series.angle(i), 1e-12);
			assertEquals(1.5 + Math.cos(phi) + 2 * Math.sin(phi) + 0.5 * Math.cos(2 * phi) - 4 * Math.sin(2 * phi), values[i],
				1e-5);
		}
	}
}
