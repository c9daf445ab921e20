package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.DurationText.RemainingTime;

import org.junit.jupiter.api.Test;

class RemainingTimeTest {

	private static final long SECOND = 1_000_000_000L;

	@Test
	void remainingTimeIsThatAtTheSpeedSoFar() {
		final RemainingTime work = new RemainingTime("Denoising particles", 400, 10 * SECOND);
		assertEquals("Denoising particles: 100 of 400 (25 %), 12 s left", work.describe(100, "", 14 * SECOND));
		assertEquals("Denoising particles: 0 of 400 (0 %)", work.describe(0, "", 14 * SECOND));
		assertEquals("Denoising particles: 100 of 400 (25 %)", work.describe(100, "", 10 * SECOND + 1));
		assertEquals("Denoising particles: 100 of 400 (25 %), 5 min left", work.describe(100, "5 min left", 14 * SECOND));
		assertEquals("Loading TensorFlow...", new RemainingTime("Loading TensorFlow", 0, 0).describe(0, "", SECOND));
	}
}
