package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.InputException;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

	@ParameterizedTest
	@CsvSource({ "2, 1", "3, 1", "10, 1", "15, 2", "200, 20", "2000, 200" })
	void holdsOutATenthButAtLeastOne(final int count, final int held) {
		final Split split = Split.of(count, 7);
		assertEquals(held, split.validation().length);
		final int[] all = IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation())).sorted()
			.toArray();
		assertArrayEquals(IntStream.range(0, count).toArray(), all);
	}

	@Test
	void leavesAtLeastOneToTrainOn() {
		assertEquals(1, Split.of(3, 0.99, 1).training().length);
	}

	@Test
	void sameSeedGivesTheSameSplit() {
		assertArrayEquals(Split.of(100, 5).validation(), Split.of(100, 5).validation());
		assertFalse(Arrays.equals(Split.of(100, 5).validation(), Split.of(100, 6).validation()));
	}

	@Test
	void everyParticleIsHeldOutEquallyOften() {
		final int[] held = new int[20];
		for (int seed = 0; seed < 5000; seed++) for (final int index : Split.of(20, seed).validation()) held[index]++;
		// 5000 draws of probability 0.1: mean 500, standard deviation 21.
		for (final int times : held) assertEquals(500, times, 106);
	}

	@Test
	void refusesWhatCannotBeSplit() {
		assertThrows(InputException.class, () -> Split.of(1, 1));
		assertThrows(InputException.class, () -> Split.of(10, 0, 1));
		assertThrows(InputException.class, () -> Split.of(10, 1, 1));
		assertThrows(InputException.class, () -> Split.of(10, Double.NaN, 1));
	}
}
