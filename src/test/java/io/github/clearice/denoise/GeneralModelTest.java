package io.github.clearice.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/** The model that comes with ClearIce. */
class GeneralModelTest {

	private static final int BOX = 48;
	private static final int COUNT = 24;

	@Test
	void isSmallAndForAnyParticles() throws IOException {
		try (TemporaryFolder folder = new TemporaryFolder("test")) {
			assertTrue(Files.size(GeneralModel.unpack(folder)) < 2_000_000);
		}
		try (ModelDenoiser model = GeneralModel.open(new Device(false, Precision.FLOAT32, 1))) {
			assertEquals(GeneralModel.BOX, model.box());
			assertTrue(model.isGuided());
			assertNull(model.card().pixelSizeAngstrom());
			assertNull(model.card().contrast());
			assertNull(model.card().input());
		}
	}

	/** Two blobs on a background of 20, as bright as an eighth of the variance of white noise. */
	@Test
	void takesNoiseOutOfSingleImagesAndKeepsTheirScale() {
		final float[][] noisy = noise(COUNT), clean = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) for (int p = 0; p < BOX * BOX; p++) {
			final double x = p % BOX - BOX / 2, y = p / BOX - BOX / 2, turn = i;
			final double along = x * Math.cos(turn) + y * Math.sin(turn), across = y * Math.cos(turn) - x * Math.sin(turn);
			clean[i][p] = (float) (20 + 3 * (Math.exp(-(Math.pow(along - 7, 2) + across * across) / 40) + 0.7 * Math.exp(
				-(Math.pow(along + 7, 2) + across * across) / 25)));
			noisy[i][p] += clean[i][p];
		}
		final float[][] results = denoised("general", noisy), filtered = denoised("wiener", noisy);
		final double error = squares(results, clean), other = squares(filtered, clean);
		assertTrue(error < 0.8 * other, "error " + error + ", of the radial Wiener filter " + other);
	}

	/** A tenth of the noise's variance is that of a usual particle. */
	@Test
	void findsNothingInAStackOfNoise() {
		final double invented = variance(denoised("general", noise(GuidedDenoiser.LEAST_PARTICLES)));
		assertTrue(invented < 0.02 * 0.1, "invented " + invented);
	}

	private static float[][] denoised(final String method, final float[][] noisy) {
		final ParticleStack stack = new ArrayParticleStack("stack", BOX, 4, noisy);
		final float[][] denoised = new float[noisy.length][BOX * BOX];
		try (Denoiser denoiser = FilterParameters.defaults().denoiser(method, stack)) {
			denoiser.prepare(stack, TaskListener.SILENT);
			denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
		}
		return denoised;
	}

	private static float[][] noise(final int count) {
		final float[][] noise = new float[count][BOX * BOX];
		final SplittableRandom random = Seeds.random(6);
		for (final float[] image : noise) for (int p = 0; p < image.length; p++) image[p] = (float) random.nextGaussian();
		return noise;
	}

	private static double squares(final float[][] images, final float[][] others) {
		double sum = 0;
		for (int i = 0; i < images.length; i++) for (int p = 0; p < images[i].length; p++) sum += Math.pow(images[i][p] -
			others[i][p], 2);
		return sum;
	}

	/** Mean over images of the variance of their pixels. */
	private static double variance(final float[][] images) {
		double sum = 0;
		for (final float[] image : images) {
			double mean = 0, squares = 0;
			for (final float value : image) {
				mean += value / image.length;
				squares += (double) value * value / image.length;
			}
			sum += squares - mean * mean;
		}
		return sum / images.length;
	}
}
