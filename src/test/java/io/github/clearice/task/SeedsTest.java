package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SeedsTest {

	@Test
	void sameSeedAndPathGiveTheSameStream() {
		assertEquals(Seeds.random(7, 1, 2).nextLong(), Seeds.random(7, 1, 2).nextLong());
	}

	@Test
	void neighbouringStreamsAreUncorrelated() {
		double sum = 0;
		for (int i = 0; i < 20_000; i++) sum += Seeds.random(1, i).nextGaussian() * Seeds.random(1, i + 1).nextGaussian();
		// The mean of 20,000 products has a standard deviation of 0.007.
		assertEquals(0, sum / 20_000, 0.035);
	}

	@Test
	void orderOfThePathMatters() {
		assertNotEquals(Seeds.derive(0, 1, 2), Seeds.derive(0, 2, 1));
	}

	/** Other orders would give trainings of a known seed other figures, and one that is resumed other particles. */
	@Test
	void ordersOfAKnownSeedStay() {
		assertArrayEquals(new int[] { 2, 7, 9, 6, 4, 3, 8, 5, 0, 1 }, Seeds.permutation(10, Seeds.random(7)));
		final int[] values = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
		assertArrayEquals(new int[] { 6, 5, 4, 3, 0, 1, 8, 9, 7, 2 }, Seeds.shuffled(values, Seeds.random(7)));
		assertEquals(9, values[9]);
	}
}
