package io.github.clearice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.TestPair;
import io.github.clearice.fourier.ShellCorrelation;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

class RingCorrelationTest {

	/** {@code frc(*pair(n))[k]} by numpy, with the functions of {@link ImageComparisonTest} and {@link TestPair}. */
	@Test
	void equalsNumpy() {
		assertRings(64, new int[] { 0, 1, 2, 5, 8, 31, 32 }, 1.0, 0.999662136, 0.996989473, 0.794878814, 0.107294625,
			-0.047998439, 0.145249947);
		assertRings(33, new int[] { 0, 1, 2, 5, 8, 15, 16 }, 1.0, 0.997837449, 0.988372674, 0.670729476, -0.202592978,
			-0.039580781, -0.158105298);
	}

	@Test
	void invertedImageIsAnticorrelated() {
		final float[] image = TestPair.of(16).image();
		final float[] inverted = new float[image.length];
		for (int i = 0; i < image.length; i++) inverted[i] = -image[i];
		for (final double value : RingCorrelation.between(1, ArrayImgs.floats(image, 16, 16), ArrayImgs.floats(inverted,
			16, 16)).values()) assertEquals(-1, value, 1e-9);
	}

	private static void assertRings(final int box, final int[] rings, final double... expected) {
		final TestPair pair = TestPair.of(box);
		final ShellCorrelation curve = RingCorrelation.between(4, ArrayImgs.floats(pair.reference(), box, box),
			ArrayImgs.floats(pair.image(), box, box));
		assertEquals(box / 2 + 1, curve.values().length);
		// The float32 transform errs by 1e-7 of the strongest coefficient, which shows in the weak outer rings.
		for (int i = 0; i < rings.length; i++) assertEquals(expected[i], curve.values()[rings[i]], 1e-4);
	}
}
