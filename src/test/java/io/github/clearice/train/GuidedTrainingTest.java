package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.BOX;
import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.Normalisation;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class GuidedTrainingTest {

	private static final Device DEVICE = new Device(false, Precision.FLOAT32, 1);

	@TempDir
	Path folder;

	@Test
	void aGuideMakesResultsBetterAndIsNotNeeded() {
		final ParticlePairs pairs = TinyTraining.pairs(200);
		final ModelFile model = train(200, TinyTraining.options().with("epochs", 4), "m.clearice", TrainingListener.SILENT);
		assertEquals(new GuidedNetwork(TinyTraining.NETWORK), model.card().network());
		assertEquals("guide.mrcs", model.card().data().description().get("guide"));
		assertEquals(Normalisation.OF_GUIDED, model.card().normalisation());
		try (ModelDenoiser denoiser = new ModelDenoiser("m", ModelFile.read(folder.resolve("m.clearice")), DEVICE)) {
			final float[][] noisy = images(pairs.noisy()), guides = images(guides(pairs)), clean = images(pairs.clean());
			final float[][] guided = new float[200][BOX * BOX], alone = new float[200][BOX * BOX];
			denoiser.denoise(0, noisy, guides, guided);
			denoiser.denoise(0, noisy, null, alone);
			final double error = squares(guided, clean);
			assertTrue(error < squares(guides, clean), "guided " + error + ", guide " + squares(guides, clean));
			assertTrue(squares(alone, clean) < 0.5 * squares(noisy, clean), "alone " + squares(alone, clean));
			assertTrue(error < squares(alone, clean), "guided " + error + ", alone " + squares(alone, clean));
			requireGuided(denoiser, model.samples().orElseThrow(), noisy, guides);
		}
	}

	/** What a model shows of itself is what it makes of particles with their guides. */
	private static void requireGuided(final ModelDenoiser denoiser, final SampleParticles samples, final float[][] noisy,
		final float[][] guides)
	{
		final float[] shown = samples.noisy().images()[0], result = new float[shown.length];
		final int held = IntStream.range(0, noisy.length).filter(i -> Arrays.equals(noisy[i], shown)).findFirst()
			.orElseThrow();
		denoiser.denoise(0, new float[][] { shown }, new float[][] { guides[held] }, new float[][] { result });
		assertArrayEquals(result, samples.denoised().images()[0], 1e-4f);
	}

	@Test
	void aResumedTrainingLeavesOutTheSameGuides() {
		final ModelFile whole = train(60, TinyTraining.options(), "whole.clearice", TrainingListener.SILENT);
		final Path part = folder.resolve("part.clearice");
		train(60, TinyTraining.options(), "part.clearice", new Recorder(9, Long.MAX_VALUE));
		final ModelFile resumed = Trainer.resume(source(60), part, Map.of(), part, TrainingListener.SILENT);
		assertSameWeights(whole.weights(), resumed.weights());
		assertMessage("are not those that the training began with", () -> Trainer.resume(PairSource.guided(
			TinyTraining.pairs(60), TinyTraining.pairs(60).noisy()), part, Map.of("epochs", "9"), part,
			TrainingListener.SILENT));
	}

	@Test
	void batchesTurnGuidesWithTheirImagesAndLeaveSomeOut() {
		final ParticlePairs pairs = TinyTraining.pairs(64);
		// The guide is the noisy image, so that both planes must agree pixel by pixel.
		final PairSource source = PairSource.guided(pairs, pairs.noisy());
		final TrainingOptions options = TinyTraining.options().with("guidedrop", 0.25);
		final TrainingSet set = TrainingSet.of(source, options, TaskListener.SILENT);
		int dropped = 0, images = 0;
		try (Batches batches = new Batches(set, options)) {
			for (long number = 1; number <= 40; number++) {
				final float[] planes = batches.take(number).images();
				for (int at = 0; at < planes.length; at += 2 * BOX * BOX, images++) {
					boolean empty = true;
					for (int i = at; i < at + 2 * BOX * BOX; i += 2) empty &= planes[i + 1] == 0;
					if (empty) dropped++;
					else for (int i = at; i < at + 2 * BOX * BOX; i += 2) assertEquals(planes[i], planes[i + 1], 1e-5);
				}
			}
		}
		assertEquals(0.25, (double) dropped / images, 0.07);
	}

	@Test
	void refusesWhatGuidesDoNotSuit() {
		final TrainingOptions options = TinyTraining.options();
		assertMessage("fresh=true", () -> TrainingSet.of(source(20), options.with("fresh", true), TaskListener.SILENT));
		assertMessage("gan=none", () -> TrainingSet.of(source(20), options.with("gan", "js"), TaskListener.SILENT));
		assertMessage("guidedrop must be 0 to 1", () -> options.with("guidedrop", 1.5));
		assertMessage("holds 20", () -> PairSource.guided(TinyTraining.pairs(30), TinyTraining.pairs(20).noisy()));
	}

	@Test
	void anImageWithoutAGuideHasPlanesOfItselfAndZeros() {
		final float[] input = new float[5];
		Normalisation.OF_GUIDED.toInput(new float[] { 1, 3 }, null, ImageScale.of(new float[] { 1,
			3 }), input, 1);
		assertArrayEquals(new float[] { 0, -1, 0, 1, 0 }, input);
	}

	private ModelFile train(final int count, final TrainingOptions options, final String name,
		final TrainingListener listener)
	{
		final Networks networks = new Networks(new GuidedNetwork(TinyTraining.NETWORK), Optional.empty());
		return Trainer.train(source(count), options, networks, folder.resolve(name), listener);
	}

	private static PairSource source(final int count) {
		final ParticlePairs pairs = TinyTraining.pairs(count);
		return PairSource.guided(pairs, guides(pairs));
	}

	/** The clean images with three quarters of their contrast, in other noise. */
	private static ArrayParticleStack guides(final ParticlePairs pairs) {
		final float[][] guides = images(pairs.clean());
		final SplittableRandom random = Seeds.random(5);
		for (final float[] guide : guides) for (int p = 0; p < guide.length; p++) guide[p] = (float) (10 + 0.75 *
			(guide[p] - 10) + 0.05 * random.nextGaussian());
		return new ArrayParticleStack("guide.mrcs", BOX, 4, guides);
	}

	private static float[][] images(final ParticleStack stack) {
		final float[][] images = new float[stack.size()][BOX * BOX];
		for (int i = 0; i < images.length; i++) stack.read(i, images[i]);
		return images;
	}

	private static double squares(final float[][] images, final float[][] clean) {
		double sum = 0;
		for (int i = 0; i < images.length; i++) for (int p = 0; p < images[i].length; p++) sum += Math.pow(images[i][p] -
			clean[i][p], 2);
		return sum;
	}
}
