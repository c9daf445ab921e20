package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.data.Batches.BlindSpots;
import io.github.clearice.train.data.BlindPairs.NeighbourCorrelation;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.PairSource.ValidationTarget;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training without clean images: Noise2Noise and Noise2Void. */
@PlainGraphs
class WithoutCleanTest {

	private static final int BOX = TinyTraining.BOX;

	@TempDir
	Path folder;

	@Test
	void twoNoisyStacksTeachToDenoise() {
		final ParticlePairs pairs = TinyTraining.pairs(160);
		final TrainingOptions options = noise2noise().with(Map.of("epochs", "30"));
		final ModelFile model = Trainer.train(PairSource.halves(halves(pairs), null), options, TinyTraining.NETWORK, folder
			.resolve("m.clearice"), TrainingListener.SILENT);
		assertTrue(meanSquare(model, pairs) < 0.25 / 4, "mean square error " + meanSquare(model, pairs));
		assertEquals("second noisy images", model.card().data().description().get("validation"));
		assertEquals("noise2noise", model.card().training().get("supervision"));
	}

	@Test
	void oneNoisyStackTeachesToDenoise() {
		final ParticlePairs pairs = TinyTraining.pairs(160);
		final TrainingOptions options = TinyTraining.options().with(Map.of("supervision", "noise2void", "loss", "l2",
			"epochs", "40"));
		final ModelFile model = Trainer.train(PairSource.blind(pairs.noisy(), null), options, TinyTraining.NETWORK, folder
			.resolve("m.clearice"), TrainingListener.SILENT);
		assertTrue(meanSquare(model, pairs) < 0.25 / 2.5, "mean square error " + meanSquare(model, pairs));
	}

	@Test
	void eitherImageIsTheTarget() {
		final ParticlePairs halves = halves(TinyTraining.pairs(20));
		final PairSource source = PairSource.halves(halves, null);
		final float[] noisy = new float[BOX * BOX], target = noisy.clone();
		int swapped = 0;
		for (int i = 0; i < 200; i++) {
			source.draw(i, 3, new SplittableRandom(i), image -> {}, noisy, target);
			final boolean swap = noisy[5] == images(halves.clean())[3][5];
			assertEquals(images(swap ? halves.noisy() : halves.clean())[3][5], target[5]);
			if (swap) swapped++;
		}
		assertEquals(100, swapped, 35);
	}

	@Test
	void cleanImagesServeTheValidationAlone() {
		final ParticlePairs pairs = TinyTraining.pairs(20);
		final float[] noisy = new float[BOX * BOX], target = noisy.clone();
		for (final PairSource source : new PairSource[] { PairSource.halves(halves(pairs), pairs.clean()), PairSource.blind(
			pairs.noisy(), pairs.clean()) })
		{
			source.hold(4, noisy, target);
			assertArrayEquals(images(pairs.clean())[4], target);
			source.draw(0, 4, new SplittableRandom(1), image -> {}, noisy, target);
			assertTrue(meanSquare(target, images(pairs.clean())[4]) > 0.15);
			assertEquals(ValidationTarget.CLEAN, source.validationTarget());
		}
	}

	@Test
	void hidesOnePixelOfEachCell() {
		final float[] image = new float[20 * 20], seen = new float[2 * 400], weights = new float[2 * 400];
		for (int i = 0; i < image.length; i++) image[i] = i;
		BlindSpots.hide(image, 20, new SplittableRandom(3), seen, weights, 400);
		final int[] hidden = new int[9];
		for (int i = 0; i < 400; i++) {
			assertEquals(0, weights[i]);
			if (weights[400 + i] == 0) {
				assertEquals(image[i], seen[400 + i]);
				continue;
			}
			assertEquals(1, weights[400 + i]);
			final int from = (int) seen[400 + i];
			assertTrue(from != i && Math.abs(from % 20 - i % 20) <= 2 && Math.abs(from / 20 - i / 20) <= 2, i + " from " +
				from);
			hidden[i / 20 / 8 * 3 + i % 20 / 8]++;
		}
		assertArrayEquals(new int[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, hidden);
	}

	@Test
	void batchesHideOtherPixelsInEachEpoch() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("supervision", "noise2void", "augment", "none"));
		final TrainingSet set = TrainingSet.of(PairSource.blind(TinyTraining.pairs(40).noisy(), null), options,
			TaskListener.SILENT);
		try (Batches batches = new Batches(set, options)) {
			final Batches.Batch batch = batches.take(1);
			int hidden = 0;
			for (int i = 0; i < batch.images().length; i++) {
				final double target = (batch.targets()[i] - set.normalisation().offset()) / set.normalisation().gain();
				if (batch.weights()[i] == 0) assertEquals(target, batch.images()[i], 1e-4);
				hidden += (int) batch.weights()[i];
			}
			assertEquals(8 * 4, hidden);
		}
	}

	/** A network that returns its input is right at every pixel except the hidden ones. */
	@Test
	void validatesAtHiddenPixels() {
		final TrainingOptions options = TinyTraining.options().with("supervision", "noise2void");
		final ParticlePairs pairs = TinyTraining.pairs(40);
		final TrainingSet set = TrainingSet.of(PairSource.blind(pairs.noisy(), null), options, TaskListener.SILENT);
		assertEquals("hidden pixels of the noisy images", set.data().description().get("validation"));
		final double identity = new Validation(set).psnrDecibel(images -> {
			final float[] results = new float[images.length];
			for (int i = 0; i < images.length; i++) results[i] = (float) (images[i] * set.normalisation().gain() + set
				.normalisation().offset());
			return results;
		});
		// Noise of 0.5 against other noise of 0.5, in a range of about 3.3: 10 log10(3.3^2 / 0.5).
		assertEquals(13.4, identity, 1.5);
	}

	@Test
	void correlationOfNeighboursTellsWhiteNoiseFromSmooth() {
		final SplittableRandom random = new SplittableRandom(2);
		final float[][] white = new float[30][32 * 32], smooth = new float[30][32 * 32];
		for (int n = 0; n < white.length; n++) {
			for (int i = 0; i < 1024; i++) white[n][i] = (float) (7 + random.nextGaussian());
			for (int i = 0; i < 1024; i++) smooth[n][i] = white[n][i] + white[n][(i + 1) % 1024];
		}
		assertEquals(0, NeighbourCorrelation.ofBackground(new ArrayParticleStack("white", 32, 4, white)), 0.02);
		assertEquals(0.5, NeighbourCorrelation.ofBackground(new ArrayParticleStack("smooth", 32, 4, smooth)), 0.02);
	}

	@Test
	void refusesWhatContradictsItself() {
		final ParticlePairs pairs = TinyTraining.pairs(20);
		final PairSource halves = PairSource.halves(halves(pairs), null);
		assertMessage("Use supervision=noise2noise", () -> prepare(halves, TinyTraining.options()));
		assertMessage("fresh=true adds noise to clean images", () -> prepare(halves, noise2noise().with("fresh", true)));
		assertMessage("Use gan=none", () -> prepare(halves, noise2noise().with("gan", "js")));
		assertMessage("hold the same images", () -> prepare(PairSource.halves(new ParticlePairs(pairs.noisy(), pairs
			.noisy()), null), noise2noise()));
		assertMessage("Use supervision=noise2void", () -> prepare(PairSource.blind(pairs.noisy(), null), noise2noise()));
		assertMessage("clean.mrcs holds 21", () -> PairSource.blind(pairs.noisy(), TinyTraining.pairs(21).clean()));
	}

	@Test
	void refusesCleanImagesWithPixelsThatAreNoNumbers() {
		final ParticlePairs pairs = TinyTraining.pairs(20);
		images(pairs.clean())[2][7] = Float.NaN;
		final float[] noisy = new float[BOX * BOX], target = noisy.clone();
		assertMessage("Particle 3 of clean.mrcs has a pixel that is not a number", () -> PairSource.halves(halves(pairs),
			pairs
			.clean()).hold(2, noisy, target));
		assertMessage("Particle 3 of clean.mrcs has a pixel that is not a number", () -> PairSource.blind(pairs.noisy(),
			pairs
			.clean()).hold(2, noisy, target));
	}

	private static void prepare(final PairSource source, final TrainingOptions options) {
		TrainingSet.of(source, options, TaskListener.SILENT);
	}

	private static TrainingOptions noise2noise() {
		return TinyTraining.options().with(Map.of("supervision", "noise2noise", "loss", "l2"));
	}

	/** Beside the noisy images others with other noise. */
	private static ParticlePairs halves(final ParticlePairs pairs) {
		final float[][] second = new float[pairs.size()][BOX * BOX];
		final SplittableRandom random = new SplittableRandom(99);
		for (int i = 0; i < second.length; i++) for (int p = 0; p < BOX * BOX; p++) {
			second[i][p] = (float) (images(pairs.clean())[i][p] + 0.5 * random.nextGaussian());
		}
		return new ParticlePairs(pairs.noisy(), new ArrayParticleStack("second.mrcs", BOX, 4, second));
	}

	private static float[][] images(final ParticleStack stack) {
		return ((ArrayParticleStack) stack).images();
	}

	private static double meanSquare(final ModelFile model, final ParticlePairs pairs) {
		final float[][] denoised = new float[pairs.size()][BOX * BOX];
		try (ModelDenoiser denoiser = new ModelDenoiser("model", model, new Device(false, Precision.FLOAT32, 1))) {
			denoiser.denoise(PixelArrays.image(0, images(pairs.noisy())), PixelArrays.image(0, denoised));
		}
		double sum = 0;
		for (int i = 0; i < denoised.length; i++)
			sum += meanSquare(denoised[i], images(pairs.clean())[i]) / denoised.length;
		return sum;
	}

	private static double meanSquare(final float[] a, final float[] b) {
		double sum = 0;
		for (int p = 0; p < a.length; p++) sum += (a[p] - b[p]) * (a[p] - b[p]) / a.length;
		return sum;
	}
}
