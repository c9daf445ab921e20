package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircularHarmonicsTest {

	@ParameterizedTest
	@ValueSource(ints = { 16, 17 })
	void equalTheFourierSumOnCircles(final int box) {
		final PolarGrid grid = new PolarGrid(box);
		final CircularHarmonics harmonics = new CircularHarmonics(grid, 3);
		final float[] image = image(box), re = new float[harmonics.length()], im = new float[harmonics.length()];
		harmonics.forward(image, re, im);
		final int circles = grid.radii().length;
		for (final int order : new int[] { 0, 2, 3 })
			for (int circle = 0; circle < circles; circle += 5) {
				double sumRe = 0, sumIm = 0;
				for (int a = 0; a < grid.angles(); a++) {
					final double angle = 2 * Math.PI * a / grid.angles() - Math.PI / 2, radius = grid.radii()[circle];
					for (int p = 0; p < image.length; p++) {
						final double phase = -2 * Math.PI * radius * (Math.cos(angle) * (p % box - box / 2) + Math.sin(angle) * (p /
							box - box / 2)) - order * 2 * Math.PI * a / grid.angles();
						sumRe += image[p] * Math.cos(phase) / grid.angles();
						sumIm += image[p] * Math.sin(phase) / grid.angles();
					}
				}
				assertEquals(sumRe, re[order * circles + circle], 2e-4);
				assertEquals(sumIm, im[order * circles + circle], 2e-4);
			}
	}

	/** <T x, c> under the quadrature is <x, T* c>. */
	@ParameterizedTest
	@ValueSource(ints = { 16, 17, 24 })
	void inverseIsTheAdjoint(final int box) {
		final PolarGrid grid = new PolarGrid(box);
		final CircularHarmonics harmonics = new CircularHarmonics(grid, 20);
		final float[] image = image(box), re = new float[harmonics.length()], im = new float[harmonics.length()];
		harmonics.forward(image, re, im);
		final float[] otherRe = new float[re.length], otherIm = new float[im.length], other = new float[box * box];
		final SplittableRandom random = Seeds.random(2, 0);
		for (int i = 0; i < re.length; i++) {
			otherRe[i] = (float) random.nextGaussian();
			otherIm[i] = (float) random.nextGaussian();
		}
		final int circles = grid.radii().length;
		for (int j = 0; j < circles; j++)
			otherIm[j] = 0;
		harmonics.inverse(otherRe, otherIm, other);
		double coefficients = 0, pixels = 0;
		for (int i = 0; i < re.length; i++)
			coefficients += 2 * Math.PI * grid.radii()[i % circles] * grid.weights()[i % circles] * (i < circles ? 1 : 2) *
				(re[i] * otherRe[i] + im[i] * otherIm[i]);
		for (int p = 0; p < image.length; p++)
			pixels += image[p] * other[p];
		assertEquals(coefficients, pixels, 1e-3 * Math.abs(coefficients));
	}

	@Test
	void quadratureIntegratesPolynomials() {
		final PolarGrid grid = new PolarGrid(8);
		double sum = 0;
		for (int j = 0; j < grid.radii().length; j++)
			sum += grid.weights()[j] * Math.pow(grid.radii()[j], 9);
		assertEquals(Math.pow(0.5, 10) / 10, sum, 1e-16);
	}

	private static float[] image(final int box) {
		final SplittableRandom random = Seeds.random(1, 0);
		final float[] image = new float[box * box];
		for (int i = 0; i < image.length; i++)
			image[i] = (float) random.nextGaussian();
		return image;
	}
}
