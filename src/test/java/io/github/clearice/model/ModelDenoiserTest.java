package io.github.clearice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.fourier.SquareSymmetry;
import io.github.clearice.model.ModelDenoiser.Dropout;
import io.github.clearice.model.ModelDenoiser.Options;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDenoiserTest {

	private static final int PIXELS = 16 * 16;

	private static ModelDenoiser denoiser;

	@BeforeAll
	static void open() {
		denoiser = open(Precision.FLOAT32, 1);
	}

	@AfterAll
	static void close() {
		denoiser.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "FLOAT32", "BFLOAT16" })
	void resultDoesNotDependOnTheBatchInAnyBit(final Precision precision) {
		assumeTrue(precision == Precision.FLOAT32 || TensorFlowRuntime.get().hasBfloat16());
		final float[][] noisy = images(150, 1, 0);
		final float[][] together = new float[150][PIXELS];
		try (ModelDenoiser own = open(precision, 1)) {
			own.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, together));
			for (final int count : new int[] { 1, 2, 3, 17, 70 }) {
				final float[][] fewer = new float[count][PIXELS];
				own.denoise(PixelArrays.image(0, Arrays.copyOf(noisy, count)), PixelArrays.image(0, fewer));
				for (int i = 0; i < count; i++) assertArrayEquals(together[i], fewer[i], "image " + i + " of " + count);
			}
		}
	}

	@Test
	void rotationsMakeTheMethodCommuteWithQuarterTurns() {
		final float[][] noisy = images(3, 1, 0);
		final float[][] plain = new float[3][PIXELS];
		final float[][] once = new float[3][PIXELS];
		denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, once));
		try (ModelDenoiser turning = open(Precision.FLOAT32, SquareSymmetry.COUNT)) {
			turning.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, plain));
			for (int which = 1; which < SquareSymmetry.COUNT; which++) {
				final float[][] turned = new float[3][];
				for (int i = 0; i < 3; i++) turned[i] = turned(noisy[i], which);
				final float[][] result = new float[3][PIXELS];
				turning.denoise(PixelArrays.image(0, turned), PixelArrays.image(0, result));
				for (int i = 0; i < 3; i++) assertArrayEquals(turned(plain[i], which), result[i], 1e-5f);
			}
		}
		assertTrue(Math.abs(plain[0][40] - once[0][40]) > 1e-4, "no turn was averaged over");
	}

	@Test
	void tilesKeepTheScaleOfTheirMicrograph() {
		final float[][] noisy = images(1, 1, 0);
		final ImageScale scale = ImageScale.of(noisy[0]);
		for (int p = 0; p < PIXELS; p++) noisy[0][p] = (float) ((noisy[0][p] - scale.mean()) / scale.deviation());
		final float[][] particle = new float[1][PIXELS], tile = new float[1][PIXELS];
		denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, particle));
		denoiser.denoiseTiles(PixelArrays.image(0, noisy), PixelArrays.image(0, tile));
		assertArrayEquals(particle[0], tile[0], 1e-5f);
		for (int p = 0; p < PIXELS; p++) noisy[0][p] *= 3;
		denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, particle));
		for (int p = 0; p < PIXELS; p++)
			assertEquals(3 * tile[0][p], particle[0][p], 1e-4, "a particle's own scale counts");
		denoiser.denoiseTiles(PixelArrays.image(0, noisy), PixelArrays.image(0, particle));
		double most = 0;
		for (int p = 0; p < PIXELS; p++) most = Math.max(most, Math.abs(3 * tile[0][p] - particle[0][p]));
		assertTrue(most > 0.01, "the scale of a tile counted");
	}

	@Test
	void turnsAreTheMeanOfTheEight() {
		final float[][] noisy = images(1, 1, 0);
		final double[] mean = new double[PIXELS];
		for (int which = 0; which < SquareSymmetry.COUNT; which++) {
			final float[][] result = new float[1][PIXELS];
			denoiser.denoise(PixelArrays.image(0, new float[][] { turned(noisy[0], which) }), PixelArrays.image(0, result));
			final float[] back = turned(result[0], SquareSymmetry.inverse(which));
			for (int p = 0; p < PIXELS; p++) mean[p] += back[p] / 8.0;
		}
		final float[][] averaged = new float[1][PIXELS];
		try (ModelDenoiser turning = open(Precision.FLOAT32, SquareSymmetry.COUNT)) {
			turning.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, averaged));
		}
		for (int p = 0; p < PIXELS; p++) assertEquals(mean[p], averaged[0][p], 1e-5);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 9, -8 })
	void otherRotationsAreRefused(final int rotations) {
		final InputException refused = assertThrows(InputException.class, () -> open(Precision.FLOAT32, rotations));
		assertEquals("The rotations to average over are 1 or 8, not " + rotations + ". Use rotations=1 or rotations=8.",
			refused.getMessage());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 60 })
	void refusesParticlesThatAreDarkAgainstABrightTraining(final int count) {
		final String refusal = assertThrows(InputException.class, () -> warnings(discs(count, -2))).getMessage();
		assertTrue(refusal.startsWith("The particles of discs look dark") && refusal.contains(
			"was trained on bright ones") && refusal.contains("Give invert=true to denoise") && refusal.contains(
				"(clearice prepare invert=true)"), refusal);
	}

	@Test
	void warnsWhereFewNoisyParticlesLookDark() {
		final List<String> warnings = warnings(discs(3, -0.5));
		assertTrue(warnings.size() == 1 && warnings.get(0).startsWith("Warning: the particles of discs look dark"), warnings
			.toString());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 60 })
	void acceptsBrightParticlesAndNoise(final int count) {
		assertEquals(List.of(), warnings(discs(count, 0.5)));
		assertEquals(List.of(), warnings(discs(count, 0)));
	}

	@Test
	void resultFollowsTheScaleOfTheImage() {
		final float[][] plain = new float[1][PIXELS];
		final float[][] scaled = new float[1][PIXELS];
		denoiser.denoise(PixelArrays.image(0, images(1, 1, 0)), PixelArrays.image(0, plain));
		denoiser.denoise(PixelArrays.image(0, images(1, 250, 1000)), PixelArrays.image(0, scaled));
		for (int p = 0; p < PIXELS; p++) assertEquals(250 * plain[0][p] + 1000, scaled[0][p], 0.05);
	}

	@Test
	void constantImagesStayAsTheyAre() {
		final float[][] constant = new float[1][PIXELS];
		Arrays.fill(constant[0], -3.5f);
		final float[][] denoised = new float[1][PIXELS];
		denoiser.denoise(PixelArrays.image(0, constant), PixelArrays.image(0, denoised));
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
		final List<String> messages = warnings(stack(16, Double.NaN));
		assertTrue(messages.get(0).contains("does not state its pixel size"), messages.toString());
	}

	@Test
	void refusesPixelsThatAreNoNumber() {
		final float[][] noisy = images(1, 1, 0);
		noisy[0][7] = Float.NaN;
		assertThrows(InputException.class, () -> denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0,
			new float[1][PIXELS])));
	}

	private static ModelDenoiser open(final Precision precision, final int rotations) {
		return new ModelDenoiser("tiny.clearice", TinyModel.model(), new Device(false, precision, 0), new Options(rotations,
			null));
	}

	private static ModelDenoiser dropping(final int rotations, final Dropout dropout) {
		return new ModelDenoiser("u.clearice", TinyModel.dropping(), new Device(false, Precision.FLOAT32, 0), new Options(
			rotations, dropout));
	}

	private static float[][] denoised(final ModelDenoiser model, final int first, final float[][] noisy) {
		final float[][] results = new float[noisy.length][PIXELS];
		model.denoise(PixelArrays.image(first, noisy), PixelArrays.image(first, results));
		return results;
	}

	private static double difference(final float[] a, final float[] b) {
		double most = 0;
		for (int p = 0; p < a.length; p++) most = Math.max(most, Math.abs(a[p] - b[p]));
		return most;
	}

	@Test
	void dropoutDependsOnTheNumberOfTheParticleAndNotOnTheBatch() {
		final float[][] noisy = images(70, 1, 0);
		Arrays.fill(noisy, noisy[0]);
		try (ModelDenoiser model = dropping(1, new Dropout(5, 1)); ModelDenoiser later = dropping(1, new Dropout(5, 31))) {
			final float[][] all = denoised(model, 0, noisy);
			for (int i = 1; i < 70; i++) assertTrue(difference(all[0], all[i]) > 1e-3, "particle " + i);
			for (final int[] range : new int[][] { { 0, 1 }, { 3, 2 }, { 17, 40 }, { 69, 1 } }) {
				final float[][] some = denoised(model, range[0], Arrays.copyOf(noisy, range[1]));
				for (int i = 0; i < range[1]; i++) assertArrayEquals(all[range[0] + i], some[i], "particle " + (range[0] + i));
			}
			// A file that begins with the 31st particle.
			assertArrayEquals(all[30], denoised(later, 0, Arrays.copyOf(noisy, 1))[0]);
		}
	}

	@Test
	void anotherSeedDropsOthersAndNoneDropsNothing() {
		final float[][] noisy = images(4, 1, 0);
		try (ModelDenoiser plain = dropping(1, null); ModelDenoiser one = dropping(1, new Dropout(1, 1));
				ModelDenoiser again = dropping(1, new Dropout(1, 1)); ModelDenoiser two = dropping(1, new Dropout(2, 1)))
		{
			final float[][] result = denoised(one, 0, noisy);
			assertArrayEquals(result, denoised(again, 0, noisy));
			for (final ModelDenoiser other : List.of(plain, two))
				for (int i = 0; i < 4; i++) assertTrue(difference(result[i], denoised(other, 0, noisy)[i]) > 1e-3);
		}
	}

	/** Rotations drop different numbers, so their mean also averages over the noise. */
	@Test
	void dropoutAndRotationsGoTogether() {
		final float[][] noisy = images(1, 1, 0);
		try (ModelDenoiser turning = dropping(8, new Dropout(1, 1)); ModelDenoiser plain = dropping(8, null)) {
			final float[][] some = denoised(turning, 0, noisy);
			assertArrayEquals(some, denoised(turning, 0, noisy));
			assertTrue(difference(some[0], denoised(plain, 0, noisy)[0]) > 1e-4);
		}
	}

	@Test
	void refusesDropoutOfANetworkThatHasNone() {
		final Options dropout = new Options(1, new Dropout(1, 1));
		final ModelFile tiny = TinyModel.model();
		final Device device = new Device(false, Precision.FLOAT32, 0);
		assertEquals("dropout=true is for networks that drop numbers in training, such as pix2pix where 32 divides the" +
			" box, but that of tiny.clearice (residual-autoencoder, 16 pixels) has no dropout. Leave it out.",
			assertThrows(InputException.class, () -> new ModelDenoiser("tiny.clearice", tiny, device, dropout)).getMessage());
	}

	private static List<String> warnings(final ArrayParticleStack stack) {
		final List<String> messages = new ArrayList<>();
		denoiser.prepare(stack, new TaskListener() {

			@Override
			public void message(final String line) {
				messages.add(line);
			}
		});
		return messages;
	}

	private static float[] turned(final float[] image, final int which) {
		final float[] copy = image.clone();
		SquareSymmetry.apply(which, 16, copy, new float[PIXELS]);
		return copy;
	}

	/** Discs of this height in noise of standard deviation 1, on a background of 3. */
	private static ArrayParticleStack discs(final int count, final double height) {
		final float[][] images = images(count, 1, 3);
		for (final float[] image : images) for (int p = 0; p < PIXELS; p++) {
			if (Math.hypot(p % 16 - 8, p / 16 - 8) < 5) image[p] += (float) height;
		}
		return new ArrayParticleStack("discs", 16, 4, images);
	}

	private static void assertRefused(final String part, final ArrayParticleStack stack) {
		final InputException refused = assertThrows(InputException.class, () -> denoiser.prepare(stack,
			TaskListener.SILENT));
		assertTrue(refused.getMessage().contains(part), refused.getMessage());
	}

	private static ArrayParticleStack stack(final int box, final double pixelSize) {
		return new ArrayParticleStack("stack.mrcs", box, pixelSize, new float[1][box * box]);
	}

	private static float[][] images(final int count, final double scale, final double offset) {
		final SplittableRandom random = Seeds.random(9);
		final float[][] images = new float[count][PIXELS];
		for (final float[] image : images)
			for (int p = 0; p < PIXELS; p++)
				image[p] = (float) (scale * random.nextGaussian() + offset);
		return images;
	}
}
