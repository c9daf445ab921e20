package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFourierTransform2DTest {

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 8, 15, 21, 64 })
	void equalsTheDefinition(final int box) {
		final float[] image = random(box);
		final RealFourierTransform2D transform = new RealFourierTransform2D(box);
		final float[] spectrum = new float[transform.spectrumLength()];
		transform.forward(image, spectrum);
		final int columns = box / 2 + 1;
		for (int ky = 0; ky < box; ky += Math.max(1, box / 5)) for (int kx = 0; kx < columns; kx++) {
			double re = 0, im = 0;
			for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
				final double angle = -2 * Math.PI * ((double) kx * x + (double) ky * y) / box;
				re += image[y * box + x] * Math.cos(angle);
				im += image[y * box + x] * Math.sin(angle);
			}
			assertEquals(re, spectrum[2 * (ky * columns + kx)], 1e-4 * box);
			assertEquals(im, spectrum[2 * (ky * columns + kx) + 1], 1e-4 * box);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 8, 15, 21, 64 })
	void inverseUndoesForward(final int box) {
		final float[] image = random(box);
		final RealFourierTransform2D transform = new RealFourierTransform2D(box);
		final float[] spectrum = new float[transform.spectrumLength()];
		final float[] back = new float[box * box];
		transform.forward(image, spectrum);
		transform.inverse(spectrum, back);
		assertArrayEquals(image, back, 1e-5f);
	}

	private static float[] random(final int box) {
		final SplittableRandom random = Seeds.random(box);
		final float[] image = new float[box * box];
		for (int i = 0; i < image.length; i++) image[i] = (float) random.nextGaussian();
		return image;
	}
}
