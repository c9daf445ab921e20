package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.InputException;

import org.junit.jupiter.api.Test;

class ParticlePairsTest {

	@Test
	void joinsStacksThatBelongTogether() {
		try (ParticlePairs pairs = new ParticlePairs(stack("noisy.mrcs", 5, 8, Double.NaN), stack("clean.mrcs", 5, 8, 4))) {
			assertEquals(5, pairs.size());
			assertEquals(8, pairs.box());
			assertEquals(4, pairs.pixelSizeAngstrom());
		}
	}

	@Test
	void refusesUnequalCounts() {
		refuses(stack("noisy.mrcs", 5, 8, 4), stack("clean.mrcs", 6, 8, 4), "5 particles", "6");
	}

	@Test
	void refusesUnequalBoxes() {
		refuses(stack("noisy.mrcs", 5, 8, 4), stack("clean.mrcs", 5, 9, 4), "box of 8", "9");
	}

	@Test
	void refusesUnequalPixelSizes() {
		refuses(stack("noisy.mrcs", 5, 8, 4), stack("clean.mrcs", 5, 8, 3.9), "4.0 Å", "3.9 Å");
	}

	@Test
	void takesPixelSizesEqualButForRounding() {
		assertEquals(5, new ParticlePairs(stack("a", 5, 8, 1.34), stack("b", 5, 8, (double) (float) (8 * 1.34) / 8))
			.size());
	}

	private static void refuses(final ParticleStack noisy, final ParticleStack clean, final String... parts) {
		final String message = assertThrows(InputException.class, () -> new ParticlePairs(noisy, clean)).getMessage();
		assertTrue(message.contains("noisy.mrcs") && message.contains("clean.mrcs"), message);
		for (final String part : parts) assertTrue(message.contains(part), message);
	}

	private static ParticleStack stack(final String name, final int count, final int box, final double pixelSize) {
		return new ArrayParticleStack(name, box, pixelSize, new float[count][box * box]);
	}
}
