package io.github.clearice.micrograph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ParticleSizeTest {

	private static final int EDGE = 400;
	private static final double DIAMETER = 36;

	/** Knows discs of 0.6 boxes in the middle of an image, and shows them as bright as they are. */
	private static Denoiser discs(final int box) {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "discs";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				for (int i = 0; i < noisy.length; i++) {
					double inside = 0, outside = 0;
					int within = 0;
					for (int p = 0; p < box * box; p++) {
						if (isInside(p)) {
							inside += noisy[i][p];
							within++;
						}
						else outside += noisy[i][p];
					}
					final double bright = inside / within - outside / (box * box - within);
					if (bright > 0.4) for (int p = 0; p < box * box; p++) if (isInside(p)) denoised[i][p] = (float) bright;
				}
			}

			private boolean isInside(final int pixel) {
				return Math.hypot(pixel % box - box / 2, pixel / box - box / 2) < 0.3 * box;
			}
		};
	}

	/** @param sign of the discs, 0 for none */
	private static Micrograph micrograph(final int sign, final double pixelSizeAngstrom) {
		final SplittableRandom random = Seeds.random(4);
		final float[] pixels = new float[EDGE * EDGE];
		for (int i = 0; i < pixels.length; i++) {
			final double x = i % EDGE % 80 - 40, y = i / EDGE % 80 - 40;
			pixels[i] = (float) (7 + (Math.hypot(x, y) < DIAMETER / 2 ? sign : 0) + 0.5 * random.nextGaussian());
		}
		return Micrograph.of("grid", EDGE, EDGE, pixelSizeAngstrom, pixels);
	}

	private static ParticleSize found(final Micrograph micrograph, final Double diameter, final boolean dark) {
		return ParticleSize.of(micrograph, diameter, dark, ParticleSizeTest::discs, TaskListener.SILENT);
	}

	@Test
	void findsDiameterAndContrastOfParticles() {
		for (final int sign : new int[] { 1, -1 }) {
			final ParticleSize size = found(micrograph(sign, Double.NaN), null, false);
			assertEquals(DIAMETER, size.diameterPixels(), 0.15 * DIAMETER);
			assertEquals(sign < 0, size.dark());
			assertTrue(size.isClear());
		}
	}

	@Test
	void takesWhatIsGiven() {
		final ParticleSize size = found(micrograph(1, 4), 4 * DIAMETER, true);
		assertEquals(60, size.box());
		assertTrue(size.dark());
		assertFalse(size.isClear(), "bright particles taken for dark ones");
		assertFalse(found(micrograph(1, 4), 4 * DIAMETER, false).dark());
	}

	@Test
	void seesNothingInNoise() {
		for (final boolean dark : new boolean[] { true, false }) {
			final ParticleSize size = found(micrograph(0, 4), null, dark);
			assertFalse(size.isClear());
			assertEquals(dark, size.dark(), "the contrast is not the one given");
		}
	}

	@Test
	void refusesDiametersThatDoNotFit() {
		for (final double diameter : new double[] { 10, 5000, -3, Double.NaN })
			assertThrows(ParameterException.class, () -> found(micrograph(1, 4), diameter, false));
		assertThrows(ParameterException.class, () -> found(micrograph(1, Double.NaN), 150.0, false));
	}
}
