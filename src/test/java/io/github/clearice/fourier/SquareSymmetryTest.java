package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class SquareSymmetryTest {

	private static final int BOX = 3;

	@Test
	void areTheEightOfTheSquare() {
		final Set<String> seen = new HashSet<>();
		for (int which = 0; which < SquareSymmetry.COUNT; which++) seen.add(Arrays.toString(turned(which)));
		assertEquals(8, seen.size());
	}

	@Test
	void mirrorsAndTurns() {
		assertArrayEquals(new float[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 }, turned(0));
		assertArrayEquals(new float[] { 2, 1, 0, 5, 4, 3, 8, 7, 6 }, turned(1));
		assertArrayEquals(new float[] { 6, 7, 8, 3, 4, 5, 0, 1, 2 }, turned(2));
		assertArrayEquals(new float[] { 0, 3, 6, 1, 4, 7, 2, 5, 8 }, turned(4));
	}

	/** A particle would else move by a pixel, and a network that knows its centre do worse. */
	@Test
	void centreOfAnEvenBoxStays() {
		for (int which = 0; which < SquareSymmetry.COUNT; which++) {
			final float[] image = new float[16];
			image[2 * 4 + 2] = 1;
			image[2 * 4 + 3] = 0.5f;
			SquareSymmetry.apply(which, 4, image, new float[16]);
			assertEquals(1, image[2 * 4 + 2]);
			assertEquals(0.5f, image[2 * 4 + 3] + image[2 * 4 + 1] + image[1 * 4 + 2] + image[3 * 4 + 2]);
			SquareSymmetry.apply(SquareSymmetry.inverse(which), 4, image, new float[16]);
			assertEquals(0.5f, image[2 * 4 + 3]);
		}
	}

	@Test
	void inverseLaysTheImageBack() {
		for (int which = 0; which < SquareSymmetry.COUNT; which++) {
			final float[] image = turned(which);
			SquareSymmetry.apply(SquareSymmetry.inverse(which), BOX, image, new float[image.length]);
			assertArrayEquals(turned(0), image, "way " + which);
		}
	}

	private static float[] turned(final int which) {
		final float[] image = new float[BOX * BOX];
		for (int i = 0; i < image.length; i++) image[i] = i;
		SquareSymmetry.apply(which, BOX, image, new float[image.length]);
		return image;
	}
}
