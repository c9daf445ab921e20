package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneDistortionTest {

	@ParameterizedTest
	@ValueSource(ints = { 32, 31 })
	void theUnitMatrixLeavesNoiseAsItIs(final int box) {
		final float[] image = noise(box), kept = image.clone();
		new PlaneDistortion(box).apply(image, 1, 0, 0, 1);
		assertArrayEquals(kept, image, 2e-4f);
	}

	/** The transform at A k, by a direct sum over the pixels. */
	@ParameterizedTest
	@ValueSource(ints = { 24, 23 })
	void samplesTheTransformAtDistortedFrequencies(final int box) {
		final float[] image = noise(box), distorted = image.clone();
		new PlaneDistortion(box).apply(distorted, 0.95, 0.02, -0.03, 0.9);
		for (int ky = -8; ky <= 8; ky += 4) for (int kx = 1; kx <= 9; kx += 4) {
			final double[] expected = transform(image, box, 0.95 * kx + 0.02 * ky, -0.03 * kx + 0.9 * ky);
			assertArrayEquals(expected, transform(distorted, box, kx, ky), 2e-3);
		}
	}

	/** Interpolation must not make the background of particles noisier or calmer. */
	@ParameterizedTest
	@ValueSource(ints = { 64 })
	void noiseKeepsItsLevelToTheRim(final int box) {
		double inside = 0, rim = 0;
		final PlaneDistortion plane = new PlaneDistortion(box);
		for (int n = 0; n < 40; n++) {
			final float[] image = noise(box, n);
			plane.apply(image, 0.99, 0.004, 0, 0.985);
			for (int y = 0; y < 8; y++) for (int x = 0; x < 8; x++) {
				rim += Math.pow(image[(y + 4) * box + x + 4], 2) / (40 * 64);
				inside += Math.pow(image[(y + 28) * box + x + 28], 2) / (40 * 64);
			}
		}
		assertEquals(1, rim / inside, 0.12);
	}

	private static double[] transform(final float[] image, final int box, final double kx, final double ky) {
		double re = 0, im = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double angle = -2 * Math.PI * (kx * (x - box / 2) + ky * (y - box / 2)) / box;
			re += image[y * box + x] * Math.cos(angle);
			im += image[y * box + x] * Math.sin(angle);
		}
		return new double[] { re, im };
	}

	private static float[] noise(final int box) {
		return noise(box, 0);
	}

	private static float[] noise(final int box, final int number) {
		final SplittableRandom random = Seeds.random(5, number);
		final float[] image = new float[box * box];
		for (int i = 0; i < image.length; i++) image[i] = (float) random.nextGaussian();
		return image;
	}
}
