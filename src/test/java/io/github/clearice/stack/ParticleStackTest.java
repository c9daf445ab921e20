package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class ParticleStackTest {

	private static final float[][] PIXELS = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } };

	@Test
	void anImageOfAnyTypeAndPlaceIsAStack() {
		final RandomAccessibleInterval<FloatType> moved = Views.translate(PixelArrays.image(0, PIXELS), 2, 3, 4);
		for (final ParticleStack stack : List.of(ParticleStack.of("a", moved, 2, null), ParticleStack.of("b", ArrayImgs
			.shorts(new short[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, 2, 2, 3), 2, null))) {
			assertEquals(3, stack.size());
			assertEquals(2, stack.box());
			assertArrayEquals(PIXELS[1], pixels(stack, 1));
			assertEquals(12, stack.image().getAt(1, 1, 2).get());
			assertThrows(IndexOutOfBoundsException.class, () -> pixels(stack, 3));
			assertThrows(IndexOutOfBoundsException.class, () -> pixels(stack, -1));
		}
	}

	@Test
	void refusesImagesThatAreNoParticles() {
		for (final var image : List.of(ArrayImgs.floats(2, 3, 4), ArrayImgs.floats(2, 2)))
			assertThrows(InputException.class, () -> ParticleStack.of("odd", image, 1, null));
		assertThrows(InputException.class, () -> ParticleStack.of("odd", ArrayImgs.floats(2, 2, 2), -1, null));
	}

	@Test
	void imagesAreReadWhenTheyAreLookedAt() {
		final List<Integer> read = new ArrayList<>();
		final ParticleStack stack = ParticleStack.of("lazy", LazyImages.of(2, 3, (index, pixels) -> {
			read.add(index);
			System.arraycopy(PIXELS[index], 0, pixels, 0, 4);
		}), 1, null);
		assertEquals(7, stack.image().getAt(0, 1, 1).get());
		assertEquals(8, stack.image().getAt(1, 1, 1).get());
		assertEquals(List.of(1), read);
		assertArrayEquals(PIXELS[2], pixels(stack.range(1, 2), 1));
		assertArrayEquals(PIXELS[2], PixelArrays.of(Views.interval(stack.image(), new long[] { 0, 0, 1 }, new long[] { 1, 1,
			2 }))[1]);
		assertEquals(List.of(1, 2, 1, 2), read);
	}

	@Test
	void someParticlesComeWithTheirRowsAndFiles() {
		final Path table = TestData.file("real/empiar_10076_7.cs");
		try (ParticleStack stack = MrcParticleStack.open(table)) {
			final ParticleStack some = stack.particles(5, 2);
			assertArrayEquals(pixels(stack, 2), pixels(some, 1));
			assertEquals(stack.rows().orElseThrow().particles().get(5).imageName(), some.rows().orElseThrow().particles().get(
				0).imageName());
			assertEquals(stack.files(), some.files());
			assertEquals(stack.place(), some.place());
			some.close();
			final ParticleStack doubled = stack.with((index, pixels) -> {
				stack.read(index, pixels);
				for (int p = 0; p < pixels.length; p++) pixels[p] *= 2;
			});
			assertEquals(2 * pixels(stack, 3)[7], doubled.image().getAt(7, 0, 3).get());
			assertEquals(stack.rows(), doubled.rows());
			final String message = assertThrows(InputException.class, () -> stack.with(ArrayImgs.floats(4, 4, 2), 1, stack
				.rows().orElseThrow())).getMessage();
			assertTrue(message.contains("2 images") && message.contains("lists " + stack.size()), message);
			assertThrows(InputException.class, () -> stack.range(1, stack.size()));
			doubled.close();
			assertThrows(InputException.class, () -> pixels(stack, 0));
		}
	}

	private static float[] pixels(final ParticleStack stack, final int index) {
		final float[] pixels = new float[stack.box() * stack.box()];
		stack.read(index, pixels);
		return pixels;
	}
}
