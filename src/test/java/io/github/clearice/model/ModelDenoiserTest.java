package io.github.clearice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.Device;
import io.github.clearice.network.Precision;
import io.github.clearice.particle.ArrayParticleStack;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelDenoiserTest {

	private static final int PIXELS = 16 * 16;

	private static ModelDenoiser denoiser;

	@BeforeAll
	static void open() {
		denoiser = new ModelDenoiser("tiny.clearice", TinyModel.model(), new Device(false, Precision.FLOAT32, 0));
	}

	@AfterAll
	static void close() {
		denoiser.close();
	}

	@Test
	void resultDoesNotDependOnTheBatch() {
		final float[][] noisy = images(5, 1, 0);
		final float[][] together = new float[5][PIXELS];
		denoiser.denoise(noisy, together);
		for (int i = 0; i < 5; i++) {
			final float[][] alone = new float[1][PIXELS];
			denoiser.denoise(new float[][] { noisy[i] }, alone);
			assertArrayEquals(together[i], alone[0], 1e-5f);
		}
	}

	@Test
	void resultFollowsTheScaleOfTheImage() {
		final float[][] plain = new float[1][PIXELS];
		final float[][] scaled = new float[1][PIXELS];
		denoiser.denoise(images(1, 1, 0), plain);
		denoiser.denoise(images(1, 250, 1000), scaled);
		for (int p = 0; p < PIXELS; p++) assertEquals(250 * plain[0][p] + 1000, scaled[0][p], 0.05);
	}

	@Test
	void constantImagesStayAsTheyAre() {
		final float[][] constant = new float[1][PIXELS];
		Arrays.fill(constant[0], -3.5f);
		final float[][] denoised = new float[1][PIXELS];
		denoiser.denoise(constant, denoised);
		assertArrayEquals(constant[0], denoised[0]);
	}

	@Test
	void refusesAnotherBoxAndPixelSize() {
		assertRefused("but the model tiny.clearice was trained on boxes of 16", stack(32, 4));
		assertRefused("was trained at 4.000 Å (tolerance 2 %)", stack(16, 4.1));
		denoiser.prepare(stack(16, 4.05), TaskListener.SILENT);
	}

	@Test
	void warnsWhereThePixelSizeIsUnknown() {
		final List<String> messages = new ArrayList<>();
		denoiser.prepare(stack(16, Double.NaN), new TaskListener() {

			@Override
			public void message(final String line) {
				messages.add(line);
			}
		});
		assertTrue(messages.get(0).contains("does not state its pixel size"), messages.toString());
	}

	@Test
	void refusesPixelsThatAreNoNumber() {
		final float[][] noisy = images(1, 1, 0);
		noisy[0][7] = Float.NaN;
		assertThrows(ModelException.class, () -> denoiser.denoise(noisy, new float[1][PIXELS]));
	}

	private static void assertRefused(final String part, final ArrayParticleStack stack) {
		final ModelException refused = assertThrows(ModelException.class, () -> denoiser.prepare(stack,
			TaskListener.SILENT));
		assertTrue(refused.getMessage().contains(part), refused.getMessage());
	}

	private static ArrayParticleStack stack(final int box, final double pixelSize) {
		return new ArrayParticleStack("stack.mrcs", box, pixelSize, new float[1][box * box]);
	}

	private static float[][] images(final int count, final double scale, final double offset) {
		final SplittableRandom random = Seeds.random(9);
		final float[][] images = new float[count][PIXELS];
		for (final float[] image : images) for (int p = 0; p < PIXELS; p++) image[p] = (float) (scale * random.nextGaussian() +
			offset);
		return images;
	}
}
