package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.InputException;

import org.junit.jupiter.api.Test;

class ArrayParticleStackTest {

	@Test
	void readsCopies() {
		final float[][] images = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } };
		final ArrayParticleStack stack = new ArrayParticleStack("two", 2, 1.5, images);
		final float[] image = new float[4];
		stack.read(1, image);
		image[0] = -1;
		assertArrayEquals(new float[] { 5, 6, 7, 8 }, images[1]);
		assertEquals(2, stack.size());
	}

	@Test
	void copiesAPartInTheOrderAsked() {
		final float[][] images = { { 1 }, { 2 }, { 3 } };
		final ArrayParticleStack part = ArrayParticleStack.copyOf(new ArrayParticleStack("three", 1, 1, images), 2, 0);
		assertArrayEquals(new float[][] { { 3 }, { 1 } }, part.images());
	}

	@Test
	void refusesAnImageOfAnotherSize() {
		final String message = assertThrows(InputException.class, () -> new ArrayParticleStack("odd", 2, 1,
			new float[][] { new float[4], new float[5] })).getMessage();
		assertTrue(message.contains("Image 2") && message.contains("\"odd\"") && message.contains("needs 4"), message);
	}

	@Test
	void refusesANegativePixelSize() {
		assertThrows(InputException.class, () -> new ArrayParticleStack("x", 1, -1, new float[1][1]));
	}
}
