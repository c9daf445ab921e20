package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;

import org.junit.jupiter.api.Test;

class ImageStatisticsTest {

	/** {@code r, t = pair(33); t.mean(), t.std(), t.min(), t.max()} by numpy; see {@link TestPair}. */
	@Test
	void equalsNumpy() {
		final ImageStatistics statistics = ImageStatistics.of(TestPair.of(33).image());
		assertEquals(0.09792999413099569, statistics.mean(), 1e-9);
		assertEquals(0.20608218412225943, statistics.standardDeviation(), 1e-9);
		assertEquals(-0.1495087891817093, statistics.minimum(), 1e-9);
		assertEquals(1.0072190761566162, statistics.maximum(), 1e-9);
	}

	@Test
	void largeOffsetLeavesTheSpread() {
		final ImageStatistics statistics = ImageStatistics.of(new float[] { 1e7f, 1e7f + 1, 1e7f + 2 });
		assertEquals(Math.sqrt(2 / 3.0), statistics.standardDeviation(), 1e-12);
		assertEquals(2, statistics.range());
	}

	@Test
	void nanShows() {
		final float[] pixels = { 1, Float.NaN, 2 };
		assertEquals(1, ImageStatistics.firstNotFinite(pixels));
		assertTrue(Double.isNaN(ImageStatistics.of(pixels).mean()));
		assertEquals(0, ImageStatistics.firstNotFinite(new float[] { Float.NEGATIVE_INFINITY }));
		assertEquals(-1, ImageStatistics.firstNotFinite(new float[] { 0, -Float.MAX_VALUE }));
	}
}
