package io.github.clearice.reconstruct.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Views;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorMeanTest {

	private static final int BOX = 24;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void isFarNearerToTheTruthThanTheNoise(final boolean ctf) {
		final Volume map = Views.particle(BOX);
		final Views clean = Views.of(16, false, 0, 0, map), noisy = Views.of(16, ctf, 0, 2, map);
		final PosteriorMean posterior = new PosteriorMean(map, new HealpixGrid(2), true);
		final float[][] denoised = denoise(posterior, noisy, noisy.images());
		final double before = 4 * 16 * BOX * BOX, after = squareError(clean.images(), denoised);
		assertTrue(after < before / 15, "from " + before + " to " + after);
	}

	@Test
	void blankParticlesDoNoHarm() {
		final Volume map = Views.particle(BOX);
		final Views noisy = Views.of(16, false, 0, 1, map);
		final float[][] expected = denoise(new PosteriorMean(map, new HealpixGrid(2), false), noisy, noisy.images());
		Arrays.fill(noisy.images()[5], 3);
		final float[][] denoised = denoise(new PosteriorMean(map, new HealpixGrid(2), false), noisy, noisy.images());
		assertArrayEquals(expected[0], denoised[0], 0.3f);
		for (final float pixel : denoised[5]) assertTrue(Float.isFinite(pixel), "a pixel is " + pixel);
	}

	/** It would be given the entropy, and the CTF, of another particle. */
	@Test
	void refusesParticlesThatItDoesNotKnow() {
		final Views noisy = Views.of(8, true, 0, 1, Views.particle(BOX));
		final PosteriorMean posterior = new PosteriorMean(Views.particle(BOX), new HealpixGrid(1), true);
		posterior.prepare(noisy, TaskListener.SILENT);
		assertThrows(ParameterException.class, () -> posterior.denoise(PixelArrays.otherImages(noisy.images()),
			PixelArrays.otherImages(new float[8][BOX * BOX])));
		assertThrows(ParameterException.class, () -> posterior.denoise(PixelArrays.image(1, noisy.images()), PixelArrays
			.image(1, new float[8][BOX * BOX])));
	}

	@Test
	void contrastIsMeasured() {
		final Volume map = Views.particle(BOX);
		final Views noisy = Views.of(8, false, 0, 1, map);
		final float[][] expected = denoise(new PosteriorMean(map, new HealpixGrid(2), false), noisy, noisy.images());
		for (final float[] image : noisy.images()) for (int i = 0; i < image.length; i++) image[i] *= 7;
		final float[][] scaled = denoise(new PosteriorMean(map, new HealpixGrid(2), false), noisy, noisy.images());
		for (int i = 0; i < scaled[0].length; i++) scaled[0][i] /= 7;
		assertArrayEquals(expected[0], scaled[0], 0.02f);
	}

	@Test
	void entropyGrowsWithNoise() {
		final Volume map = Views.particle(BOX);
		assertTrue(entropy(map, 1) + 1 < entropy(map, 6));
	}

	/** If the noise hides the pose, only the mean of all views remains; a wrong pose is worse. */
	@Test
	void fallsBackToTheMeanOfAllViewsInStrongNoise() {
		final Volume map = Views.particle(BOX);
		final Views many = Views.of(300, false, 0, 0, map), noisy = Views.of(60, false, 0, 60, map);
		final float[][] means = new float[60][BOX * BOX];
		for (final float[] view : many.images()) for (int p = 0; p < view.length; p++) means[0][p] += view[p] / 300;
		for (int i = 1; i < 60; i++) means[i] = means[0];
		final float[][] truth = Arrays.copyOf(many.images(), 60);
		final double mean = squareError(truth, means), posterior = squareError(truth, denoise(new PosteriorMean(map,
			new HealpixGrid(2), false), noisy, noisy.images()));
		assertTrue(posterior < 1.2 * mean, "posterior " + posterior + ", mean of all views " + mean);
	}

	@Test
	void refusesAMapOfAnotherBox() {
		final Volume map = Views.particle(BOX);
		final Views views = Views.of(10, false, 0, 0, map);
		final ParameterException box = assertThrows(ParameterException.class, () -> denoise(new PosteriorMean(Views
			.particle(20), new HealpixGrid(1), false), views, views.images()));
		assertTrue(box.getMessage().contains("box of 20"), box.getMessage());
	}

	private static double entropy(final Volume map, final double noise) {
		final Views noisy = Views.of(10, false, 0, noise, map);
		final PosteriorMean posterior = new PosteriorMean(map, new HealpixGrid(2), false);
		denoise(posterior, noisy, noisy.images());
		double sum = 0;
		for (final double bits : posterior.entropiesBits()) sum += bits / 10;
		return sum;
	}

	private static float[][] denoise(final PosteriorMean posterior, final Views noisy, final float[][] images) {
		final float[][] denoised = new float[images.length][BOX * BOX];
		posterior.prepare(noisy, TaskListener.SILENT);
		posterior.denoise(0, images, denoised);
		return denoised;
	}

	private static double squareError(final float[][] expected, final float[][] images) {
		double sum = 0;
		for (int i = 0; i < images.length; i++) for (int p = 0; p < images[i].length; p++) {
			sum += Math.pow(expected[i][p] - images[i][p], 2);
		}
		return sum;
	}
}
