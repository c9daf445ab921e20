package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.GrowingTraining.GrowthSchedule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthScheduleTest {

	/** From 4 to 32 pixels, 10 updates a phase. */
	private static final GrowthSchedule GROWTH = GrowthSchedule.of(32, 40, 4);

	@ParameterizedTest
	// update, level, blended, share, first update of the level
	@CsvSource({ "1, 0, false, 1, 1", "10, 0, false, 1, 1", "11, 1, true, 0, 11", "16, 1, true, 0.5, 11",
		"20, 1, true, 0.9, 11", "21, 1, false, 1, 11", "30, 1, false, 1, 11", "31, 2, true, 0, 31", "51, 3, true, 0, 51",
		"61, 3, false, 1, 51", "70, 3, false, 1, 51", "1000, 3, false, 1, 51" })
	void alternatesBlendingAndTrainingAlone(final long update, final int level, final boolean blended, final double share,
		final long first)
	{
		assertEquals(new GrowthSchedule.Stage(level, blended, share, first), GROWTH.stage(update));
	}

	@Test
	void lastsForAllPhases() {
		assertEquals(70, GROWTH.updates());
		// The paper: 200,000 images a phase, 5 levels to 128 pixels, batches of 16.
		assertEquals(11 * 12_500, GrowthSchedule.of(128, 200_000, 16).updates());
		// Images of a batch beyond the end of a phase still count for that phase.
		assertEquals(3 * 3, new GrowthSchedule(1, 9, 4).updates());
	}

	@Test
	void sharesOfOneBlendingAreOfOneGraph() {
		assertTrue(GROWTH.stage(11).isLike(GROWTH.stage(20)));
		assertFalse(GROWTH.stage(20).isLike(GROWTH.stage(21)));
		assertFalse(GROWTH.stage(10).isLike(GROWTH.stage(21)));
		assertFalse(GROWTH.stage(10).isLike(null));
	}

	@ParameterizedTest
	@CsvSource({ "16, 64, 1", "16, 96, 1", "16, 128, 2", "16, 256, 4", "16, 512, 4", "1, 256, 1" })
	void dividesBatchesOfLargeImages(final int batch, final int size, final int parts) {
		assertEquals(parts, new GrowthSchedule(5, 100, batch).parts(size));
	}
}
