package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.BOX;
import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.AdaptedPairs;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class AdaptationTest {

	/** A model of discs whose guides have three quarters of their contrast. */
	private static ModelFile general;

	@TempDir
	static Path folder;

	private final List<String> messages = new ArrayList<>();
	private final TrainingListener listener = new TrainingListener() {

		@Override
		public void message(final String line) {
			messages.add(line);
		}
	};

	@BeforeAll
	static void trainModel() {
		final ParticlePairs pairs = TinyTraining.pairs(120);
		general = Trainer.train(PairSource.guided(pairs, guides(pairs, 0.75)), TinyTraining.options().with("epochs", 4),
			new GuidedNetwork(TinyTraining.NETWORK), folder.resolve("general.clearice"), TrainingListener.SILENT)
			.forAnyParticles();
	}

	@Test
	void aModelLearnsWhatTheGuidesOfOtherParticlesLack() {
		final ModelFile adapted = Trainer.train(weakGuides(Supervision.CLEAN), options(Supervision.CLEAN), folder.resolve(
			"clean.clearice"), listener);
		final Map<String, Double> metrics = adapted.card().metrics();
		assertTrue(metrics.get(ModelCard.VALIDATION_PSNR) > metrics.get(ModelCard.UNADAPTED_PSNR) + 1, metrics.toString());
		assertTrue(metrics.get(ModelCard.ADAPTATION_GAIN) > 2 * metrics.get(ModelCard.ADAPTATION_ERROR), metrics
			.toString());
		assertFalse(adapted.card().isOfNoUse());
		assertTrue(adapted.card().isGeneral());
		assertEquals("general", adapted.card().data().description().get("from"));
		assertEquals(general.card().network(), adapted.card().network());
		assertTrue(messages.get(messages.size() - 1).contains("the mean squared error falls by"), messages.toString());
	}

	@Test
	void secondNoisyImagesTeachAsWell() {
		final Map<String, Double> metrics = Trainer.train(weakGuides(Supervision.NOISE2NOISE), options(
			Supervision.NOISE2NOISE), folder.resolve("noisy.clearice"), listener).card().metrics();
		assertTrue(metrics.get(ModelCard.ADAPTATION_GAIN) > 3 * metrics.get(ModelCard.ADAPTATION_ERROR), metrics
			.toString());
	}

	@Test
	void aModelThatGetsWorseStaysAsItWas() {
		final ModelFile same = Trainer.train(weakGuides(Supervision.CLEAN), options(Supervision.CLEAN).with(Map.of("rate",
			"0.3", "epochs", "1", "average", "0")), folder.resolve("worse.clearice"), listener);
		assertSameWeights(general.weights(), same.weights());
		assertTrue(same.card().isOfNoUse());
		assertEquals(same.card().metrics().get(ModelCard.UNADAPTED_PSNR), same.card().metrics().get(
			ModelCard.VALIDATION_PSNR));
		assertTrue(same.card().metrics().get(ModelCard.ADAPTATION_GAIN) < 0, same.card().metrics().toString());
		final String verdict = messages.stream().filter(line -> line.startsWith("Warning: the adaptation")).findAny()
			.orElse(messages.toString());
		assertTrue(verdict.contains("On 24 held-out particles the mean squared error rises by"), verdict);
		assertTrue(verdict.contains("so the model written is general as it was"), verdict);
	}

	@Test
	void anInterruptedAdaptationComesToTheSameWeights() {
		final TrainingOptions options = options(Supervision.CLEAN);
		final ModelFile whole = Trainer.train(weakGuides(Supervision.CLEAN), options, folder.resolve("whole.clearice"),
			TrainingListener.SILENT);
		final Path part = folder.resolve("part.clearice");
		Trainer.train(weakGuides(Supervision.CLEAN), options, part, new Recorder(15, Long.MAX_VALUE));
		final ModelFile resumed = Trainer.resume(weakGuides(Supervision.CLEAN), part, Map.of(), part,
			TrainingListener.SILENT);
		assertSameWeights(whole.weights(), resumed.weights());
		assertEquals(whole.card().metrics().get(ModelCard.ADAPTATION_GAIN), resumed.card().metrics().get(
			ModelCard.ADAPTATION_GAIN));
	}

	@Test
	void refusesWhatCannotChangeAModel() {
		final PairSource source = weakGuides(Supervision.CLEAN);
		for (final String other : new String[] { "network=light", "gan=js", "fresh=true", "adaptive=true",
			"supervision=noise2void" }) assertMessage("from=", () -> TrainingSet.of(source, options(Supervision.CLEAN).with(
				other.replaceFirst("=.*", ""), other.replaceFirst(".*=", "")), TaskListener.SILENT));
	}

	private static TrainingOptions options(final Supervision supervision) {
		return TinyTraining.options().with(Map.of("supervision", supervision.label(), "loss", "l2", "rate", "0.003",
			"epochs", "6", "validation", "0.2", "guidedrop", "0", "warmup", "0"));
	}

	/** Particles whose guides have a third of their contrast. */
	private static PairSource weakGuides(final Supervision supervision) {
		final ParticlePairs pairs = TinyTraining.pairs(120);
		final float[][] target = images(pairs.clean());
		final SplittableRandom random = Seeds.random(8);
		final double noise = supervision == Supervision.NOISE2NOISE ? 0.5 : 0;
		for (final float[] image : target) for (int p = 0; p < image.length; p++) image[p] += (float) (noise * random
			.nextGaussian());
		return new AdaptedPairs(general, pairs.noisy(), guides(pairs, 0.33), new ArrayParticleStack("targets", BOX, 4,
			target), null, supervision, Map.of("from", "general"));
	}

	private static ArrayParticleStack guides(final ParticlePairs pairs, final double contrast) {
		final float[][] guides = images(pairs.clean());
		for (final float[] guide : guides) for (int p = 0; p < guide.length; p++) guide[p] = (float) (10 + contrast *
			(guide[p] - 10));
		return new ArrayParticleStack("guides", BOX, 4, guides);
	}

	private static float[][] images(final ParticleStack stack) {
		final float[][] images = new float[stack.size()][BOX * BOX];
		for (int i = 0; i < images.length; i++) stack.read(i, images[i]);
		return images;
	}
}
