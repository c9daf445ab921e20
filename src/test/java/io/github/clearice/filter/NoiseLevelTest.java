package io.github.clearice.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class NoiseLevelTest {

	private static final int BOX = 32;

	/** White noise of standard deviation 2, in steps, and nothing beyond a radius. */
	private static ParticleStack noise(final double radius, final double step) {
		final float[][] images = new float[20][BOX * BOX];
		final SplittableRandom random = Seeds.random(1, 0);
		for (final float[] image : images) for (int p = 0; p < image.length; p++) {
			final double value = 2 * random.nextGaussian();
			if (Math.hypot(p % BOX - BOX / 2, p / BOX - BOX / 2) <= radius) image[p] = (float) (step > 0 ? step * Math.rint(
				value / step) : value);
		}
		return new ArrayParticleStack("noise.mrcs", BOX, 4, images);
	}

	private static double measured(final ParticleStack stack) {
		return NoiseLevel.sigma(stack, new ParticleBackground(BOX), TaskListener.SILENT);
	}

	@Test
	void refusesMaskedImagesWhoseNoiseWouldSeemTooWeak() {
		final ParticleStack masked = noise(14, 0);
		final ParameterException refused = assertThrows(ParameterException.class, () -> measured(masked));
		assertTrue(refused.getMessage().startsWith("noise.mrcs is masked: 7"), refused.getMessage());
		assertThrows(ParameterException.class, () -> NoiseLevel.ofBackground(0.75).spectra(masked, TaskListener.SILENT));
		assertThrows(ParameterException.class, () -> new NonLocalMeans(NoiseLevel.ofBackground(0.75)).prepare(masked,
			TaskListener.SILENT));
		new NonLocalMeans(NoiseLevel.ofSigma(2)).prepare(masked, TaskListener.SILENT);
	}

	@Test
	void takesCoarseDigitsForNoise() {
		assertEquals(2, measured(noise(BOX, 0)), 0.05);
		// As of files with 16 values: a fifth of the pixels are equal.
		assertEquals(2, measured(noise(BOX, 1)), 0.06);
	}

	@Test
	void imagesWithoutNoiseAreNotTakenForMasked() {
		assertEquals(0, measured(noise(5, 0)));
	}
}
