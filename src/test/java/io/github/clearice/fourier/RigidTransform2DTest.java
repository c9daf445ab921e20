package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigidTransform2DTest {

	/** A lopsided pair of Gaussians about the centre of the box, turned and shifted exactly. */
	private static float[] blobs(final int box, final double angleDegree, final double shiftX, final double shiftY) {
		final float[] image = new float[box * box];
		final double c = Math.cos(Math.toRadians(angleDegree)), s = Math.sin(Math.toRadians(angleDegree));
		for (int y = 0; y < box; y++)
			for (int x = 0; x < box; x++) {
				final double px = x - box / 2 - shiftX, py = y - box / 2 - shiftY;
				final double u = c * px + s * py, v = -s * px + c * py;
				image[y * box + x] = (float) (Math.exp(-(Math.pow(u - 3, 2) + Math.pow(v - 1, 2)) / 8) + 0.6 * Math.exp(-(Math
					.pow(u + 2, 2) + Math.pow(v + 4, 2)) / 5));
			}
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "32, 30, 0, 0", "32, -45, 0, 0", "32, 0, 1.7, -0.4", "32, 22.5, -1.2, 2", "31, 40, 0.5, 1.5",
		"31, 0, 0, 1" })
	void turnsAndShiftsAsTheFormulaSays(final int box, final double angle, final double shiftX, final double shiftY) {
		final float[] image = blobs(box, 0, 0, 0);
		new RigidTransform2D(box).apply(image, angle, shiftX, shiftY);
		final float[] expected = blobs(box, angle, shiftX, shiftY);
		for (int i = 0; i < image.length; i++) assertEquals(expected[i], image[i], 2e-4, "pixel " + i);
	}

	@ParameterizedTest
	@CsvSource({ "32", "31" })
	void keepsTheEnergyAndTheWhitenessOfNoise(final int box) {
		final SplittableRandom random = new SplittableRandom(4);
		final RigidTransform2D motion = new RigidTransform2D(box);
		final FourierShells rings = FourierShells.ofImages(box);
		final RealFourierTransform2D transform = new RealFourierTransform2D(box);
		final float[] spectrum = new float[transform.spectrumLength()];
		final double[] power = new double[rings.count()];
		final int images = 300;
		for (int n = 0; n < images; n++) {
			final float[] noise = new float[box * box];
			for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
			final double before = energy(noise);
			motion.apply(noise, random.nextDouble(-45, 45), random.nextDouble(-2, 2), random.nextDouble(-2, 2));
			assertEquals(1, energy(noise) / before, 1e-4);
			transform.forward(noise, spectrum);
			rings.addPower(spectrum, power);
		}
		// Interpolation would take the half or more from the rings about Nyquist.
		for (int ring = 1; ring < rings.count(); ring++) {
			final double samples = images * rings.size(ring);
			assertEquals(1, power[ring] / samples / (box * box), 6 / Math.sqrt(samples), "ring " + ring);
		}
	}

	@Test
	void refusesAnglesAboveAnEighthTurn() {
		assertThrows(IllegalArgumentException.class, () -> new RigidTransform2D(16).apply(new float[256], 46, 0, 0));
	}

	private static double energy(final float[] image) {
		double sum = 0;
		for (final float pixel : image) sum += (double) pixel * pixel;
		return sum;
	}
}
