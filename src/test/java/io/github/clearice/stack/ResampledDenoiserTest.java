package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResampledDenoiserTest {

	/** Returns images unchanged and records them. */
	private static final class Looking extends ArrayDenoiser {

		private float[] seen;
		private ParticleStack stack;

		@Override
		public String name() {
			return "model";
		}

		@Override
		public void prepare(final ParticleStack noisy, final TaskListener listener) {
			stack = noisy;
		}

		@Override
		protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
			seen = noisy[0].clone();
			for (int i = 0; i < noisy.length; i++) System.arraycopy(noisy[i], 0, denoised[i], 0, noisy[i].length);
		}
	}

	/** A blob away from the centre, wide enough for all the pixel sizes. */
	private static float[] blob(final int box, final double pixelSize) {
		final float[] image = new float[box * box];
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double dx = (x - box / 2) * pixelSize - 6, dy = (y - box / 2) * pixelSize + 4;
			image[y * box + x] = (float) Math.exp(-(dx * dx + dy * dy) / 72);
		}
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "64, 1.5, 32, 3", "48, 2, 64, 1.5", "50, 1.31, 40, 2", "32, 3, 64, 2", "64, 1.5, 48, 1.5",
		"48, 1.5, 64, 1.5" })
	void theMethodSeesItsOwnBoxAndPixelSizeAndTheResultHasThoseOfTheStack(final int box, final double pixelSize,
		final int modelBox, final double modelPixelSize)
	{
		final ParticleStack stack = new ArrayParticleStack("a", box, pixelSize, new float[][] { blob(box, pixelSize) });
		final Looking method = new Looking();
		final float[][] denoised = new float[1][box * box];
		try (Denoiser fitted = new ResampledDenoiser(method, stack, modelBox, modelPixelSize)) {
			fitted.prepare(stack, TaskListener.SILENT);
			fitted.denoise(PixelArrays.image(0, new float[][] { blob(box, pixelSize) }), PixelArrays.image(0, denoised));
		}
		final float[] expected = blob(modelBox, modelPixelSize), read = new float[modelBox * modelBox];
		assertEquals(modelBox, method.stack.box());
		assertEquals(modelPixelSize, method.stack.pixelSizeAngstrom(), 1e-9);
		method.stack.read(0, read);
		for (int i = 0; i < expected.length; i++) {
			assertEquals(expected[i], method.seen[i], 0.02, "pixel " + i % modelBox + ", " + i / modelBox);
			assertEquals(method.seen[i], read[i]);
		}
		for (int i = 0; i < box * box; i++) assertEquals(blob(box, pixelSize)[i], denoised[0][i], 0.03);
	}

	@Test
	void sizesOfTheStackThatAreUnknownAreAskedFor() {
		final ParticleStack stack = new ArrayParticleStack("a.mrcs", 8, Double.NaN, new float[1][64]);
		assertTrue(assertThrows(InputException.class, () -> new ResampledDenoiser(new Looking(), stack, 16, 2))
			.getMessage().contains("give it to clearice denoise (pixel=)"));
	}
}
