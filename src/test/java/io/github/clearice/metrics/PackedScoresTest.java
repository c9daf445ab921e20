package io.github.clearice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class PackedScoresTest {

	/** Two blocks in memory, two in the file, and a part of one. */
	private static final int COUNT = 4 * (1 << 14) + 100;

	private static QualityScores scores(final SplittableRandom random) {
		return new QualityScores(random.nextDouble(), Double.POSITIVE_INFINITY, random.nextDouble(), random.nextDouble(),
			Double.NaN, random.nextDouble());
	}

	@Test
	void scoresBeyondMemoryAreTheSame() {
		final PackedScores packed = new PackedScores(2);
		final List<QualityScores> expected = new ArrayList<>();
		final SplittableRandom random = new SplittableRandom(3);
		for (int i = 0; i < COUNT; i++) {
			expected.add(scores(random));
			packed.add(expected.get(i));
			if (i == COUNT / 2) assertEquals(expected.get(i), packed.get(i));
		}
		assertEquals(expected, packed);
		for (final int index : new int[] { COUNT - 1, 0, COUNT - 200, 3 * (1 << 14), 40_000 }) assertEquals(expected.get(
			index), packed.get(index));
		assertEquals(new StackQuality("stack", expected, null).standardDeviation(), new StackQuality("stack", packed, null)
			.standardDeviation());
	}
}
