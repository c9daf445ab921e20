package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class PixelArraysTest {

	private static final float[] FIRST = { 1, 2, 3, 4 }, SECOND = { 5, 6, 7, 8 }, THIRD = { 9, 10, 11, 12 };

	@Test
	void arraysComeBackAsTheyAre() {
		final RandomAccessibleInterval<FloatType> image = PixelArrays.image(7, FIRST, SECOND, THIRD);
		assertEquals(7, image.min(2));
		assertEquals(6, image.getAt(1, 0, 8).get());
		final float[][] arrays = PixelArrays.of(Views.interval(image, part(8, 9)));
		assertEquals(2, arrays.length);
		assertSame(SECOND, arrays[0]);
		assertSame(THIRD, arrays[1]);
	}

	@Test
	void pixelsOfOtherImagesAreCopied() {
		final float[] together = { 1, 2, 3, 4, 5, 6, 7, 8 };
		final RandomAccessibleInterval<FloatType> image = PixelArrays.image(0, FIRST, SECOND);
		final List<RandomAccessibleInterval<? extends RealType<?>>> images = List.of(ArrayImgs.floats(together, 2, 2, 2),
			ArrayImgs.shorts(new short[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 2, 2, 2), Views.translate(ArrayImgs.floats(together, 2,
				2, 2), 3, -1, 5), PixelArrays.image(0, FIRST, SECOND));
		for (final RandomAccessibleInterval<? extends RealType<?>> one : images) {
			assertArrayEquals(FIRST, PixelArrays.of(one)[0]);
			assertArrayEquals(SECOND, PixelArrays.of(one)[1]);
		}
		// A view that turns, inverts or cuts images does not consist of their arrays.
		assertArrayEquals(new float[] { 1, 3, 2, 4 }, PixelArrays.of(Views.permute(image, 0, 1))[0]);
		assertArrayEquals(new float[] { 2, 1, 4, 3 }, PixelArrays.of(Views.zeroMin(Views.invertAxis(image, 0)))[0]);
		assertArrayEquals(new float[] { 4 }, PixelArrays.of(Views.interval(image, new long[] { 1, 1, 0 }, new long[] { 1, 1,
			1 }))[0]);
	}

	@Test
	void resultsReachImagesOfAnyType() {
		final RandomAccessibleInterval<FloatType> own = PixelArrays.image(0, new float[4], new float[4]), copied =
			Views.translate(ArrayImgs.floats(2, 2, 2), 0, 0, 0);
		for (final RandomAccessibleInterval<FloatType> target : List.of(own, copied)) {
			adding(new ArrayList<>()).denoise(PixelArrays.image(0, FIRST, SECOND), target);
			assertEquals(3, target.getAt(0, 1, 0).get());
			assertEquals(8 + 1, target.getAt(1, 1, 1).get());
		}
		final RandomAccessibleInterval<? extends RealType<?>> shorts = ArrayImgs.shorts(2, 2, 1);
		PixelArrays.write(new float[][] { FIRST }, shorts);
		assertEquals(4, shorts.getAt(1, 1, 0).getRealDouble());
	}

	@Test
	void numbersAlongTheThirdAxisAreThoseOfTheParticles() {
		final List<Integer> numbers = new ArrayList<>();
		final Denoiser adding = adding(numbers);
		final RandomAccessibleInterval<FloatType> stack = ArrayImgs.floats(2, 2, 6), results = ArrayImgs.floats(2, 2, 6);
		adding.denoise(Views.interval(stack, part(4, 5)), Views.interval(results, part(4, 5)));
		assertEquals(List.of(4), numbers);
		assertEquals(4, results.getAt(0, 0, 4).get());
		assertEquals(0, results.getAt(0, 0, 3).get());
		assertThrows(ParameterException.class, () -> adding.denoise(PixelArrays.otherImages(FIRST), PixelArrays.otherImages(
			new float[4])));
		assertThrows(ParameterException.class, () -> adding.denoise(PixelArrays.image(5, FIRST, SECOND), PixelArrays.image(
			5, new float[4], new float[4])));
		assertThrows(IllegalArgumentException.class, () -> adding.denoise(PixelArrays.image(1, FIRST), PixelArrays.image(0,
			new float[4])));
	}

	@Test
	void aFunctionOfOneImageCannotChangeItsInput() {
		final float[] noisy = FIRST.clone(), denoised = new float[4];
		Denoiser.ofImages("clearing", (image, result) -> {
			result.forEach(pixel -> pixel.set(2));
			image.forEach(pixel -> pixel.set(0));
		}).denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
		assertArrayEquals(FIRST, noisy);
		assertArrayEquals(new float[] { 2, 2, 2, 2 }, denoised);
	}

	private static Interval part(final long first, final long last) {
		return Intervals.createMinMax(0, 0, first, 1, 1, last);
	}

	/** Adds the number of the particle, of a stack of six. */
	private static Denoiser adding(final List<Integer> numbers) {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "adding";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				requireParticles(first, noisy.length, 6);
				numbers.add(first);
				for (int i = 0; i < noisy.length; i++)
					for (int p = 0; p < noisy[i].length; p++) denoised[i][p] = noisy[i][p] + first + i;
			}
		};
	}
}
