package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Binning;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveAutoencoder;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveDiscriminator;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.GrowingTraining.GrowthSchedule;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.Preset;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class GrowingTrainingTest {

	/** From 4 over 8 to 16 pixels: five phases. */
	private static final ProgressiveAutoencoder NETWORK = new ProgressiveAutoencoder(8, 0, 1);
	private static final Device DEVICE = new Device(false, Precision.FLOAT32, 1);
	private static final int BOX = TinyTraining.BOX;

	@TempDir
	Path folder;

	@Test
	void growsOnScheduleToANetworkThatDenoises() {
		final ModelFile model = train(TinyTraining.pairs(200), options(640), new Recorder(), "m.clearice");
		assertEquals(NETWORK.options(), model.card().network().options());
		assertEquals("400", model.checkpoint().get().state().get("step"));
		// The noisy images stand at 9 to 10 dB, their 4 x 4 means at 14.
		final double best = model.card().metrics().get("validation-psnr");
		assertTrue(best > 16, best + " dB");
	}

	/** At the end of a phase, and in the last phase. */
	@Test
	void resumedTrainingEndsAtTheSameWeights() {
		final TrainingOptions options = options(16).with("gan", "none");
		final ModelFile whole = train(TinyTraining.pairs(40), options, new Recorder(), "whole.clearice");
		for (final int stop : new int[] { 2, 9 }) assertResumesTo(whole, options, stop);
	}

	/** Within a blending. */
	@Test
	void resumedTrainingWithADiscriminatorEndsAtTheSameWeights() {
		final TrainingOptions options = options(16).with("gan", "beta");
		assertResumesTo(train(TinyTraining.pairs(40), options, new Recorder(), "whole.clearice"), options, 3);
	}

	private void assertResumesTo(final ModelFile whole, final TrainingOptions options, final int stop) {
		final ParticlePairs pairs = TinyTraining.pairs(40);
		train(pairs, options, new Recorder(stop, Long.MAX_VALUE), "part.clearice");
		final Path part = folder.resolve("part.clearice");
		final ModelFile resumed = Trainer.resume(PairSource.of(pairs), part, Map.of(), part, TrainingListener.SILENT);
		final Map<String, List<Weight>> actual = resumed.checkpoint().get().variables();
		whole.checkpoint().get().variables().forEach((group, weights) -> assertSameWeights(weights, actual.get(group)));
		assertSameWeights(whole.weights(), resumed.weights());
		assertEquals(whole.card().network(), resumed.card().network());
	}

	@Test
	void stoppedTrainingLeavesANetworkThatIsNotYetGrown() {
		final ParticlePairs pairs = TinyTraining.pairs(40);
		final TrainingOptions options = options(16).with("gan", "none");
		// Two updates a phase: the sixth is the last of 8 pixels alone, the fourth the second of their blending.
		final ModelFile alone = train(pairs, options, new Recorder(6, Long.MAX_VALUE), "alone.clearice");
		assertEquals(NETWORK.withoutLevels(1), alone.card().network());
		final ModelFile blended = train(pairs, options, new Recorder(4, Long.MAX_VALUE), "blended.clearice");
		assertEquals(NETWORK.withoutLevels(1).blended(0.5f), blended.card().network());
		for (final ModelFile model : List.of(alone, blended)) {
			final float[][] results = new float[2][BOX * BOX];
			try (ModelDenoiser denoiser = new ModelDenoiser("m", model, DEVICE)) {
				denoiser.denoise(PixelArrays.image(0, new float[][] { waves(BOX), new float[BOX * BOX] }), PixelArrays.image(0,
					results));
			}
			// Pixels of an 8 x 8 image are repeated.
			assertEquals(results[0][0], results[0][BOX + 1], 1e-6f);
			assertNotEquals(results[0][0], results[0][2], 1e-6f);
		}
	}

	@Test
	void levelBeginsAsTheNetworkBefore() {
		try (GrowingTraining training = training(options(16))) {
			for (int number = 1; number <= 2; number++) step(training, number);
			final float[] before = training.predict(waves(BOX));
			final List<Weight> coarse = training.variables().get("critic-weights");
			assertTrue(training.enter(3));
			assertFalse(training.isSettled());
			assertArrayEquals(before, training.predict(waves(BOX)), 1e-6f);
			final Map<String, List<Weight>> variables = training.variables();
			assertTrue(variables.get("critic-weights").size() > coarse.size());
			for (final Weight known : coarse)
				assertArrayEquals(known.values(), variables.get("critic-weights").stream().filter(weight -> weight.name()
					.equals(known.name())).findFirst().orElseThrow().values());
			for (final Weight moment : variables.get("moments2"))
				for (final float value : moment.values())
					assertEquals(0, value);
			step(training, 3);
			// Half of the level is blended in: the same graph continues.
			assertFalse(training.enter(4));
			step(training, 4);
			final List<Weight> moments = training.variables().get("moments2");
			assertTrue(training.enter(5));
			assertTrue(training.isSettled());
			final List<String> names = training.variables().get("moments2").stream().map(Weight::name).toList();
			assertFalse(names.contains("from0/kernel"));
			assertSameWeights(moments.stream().filter(moment -> names.contains(moment.name())).toList(), training.variables()
				.get("moments2"));
		}
	}

	/** Batches of 128 pixels are divided: two updates of half of the images each. */
	@Test
	void dividedBatchesAreUpdatesOfTheirOwn() {
		final int box = 128;
		final TrainingOptions options = options(1).with(Map.of("gan", "none", "batch", "2", "lambda", "1"));
		final Networks networks = new Networks(new ProgressiveAutoencoder(1, 0, 1), Optional.empty());
		final int pixels = box * box;
		final float[] images = Arrays.copyOf(waves(2 * box), 2 * pixels);
		final long last = GrowthSchedule.of(box, 1, 2).updates();
		try (GrowingTraining training = new GrowingTraining(networks, box, options, DEVICE); TrainingGraph twice =
			new TrainingGraph(networks, box, options, DEVICE))
		{
			for (long number = 1; number < last; number++) training.enter(number);
			training.enter(last);
			training.restore(twice.variables(), last);
			training.step(new Batches.Batch(images, images, null), last, 0.01, 0);
			final long first = 2 * (last - GrowthSchedule.of(box, 1, 2).stage(last).first());
			for (int part = 0; part < 2; part++) {
				final float[] half = Arrays.copyOfRange(images, part * pixels, (part + 1) * pixels);
				twice.step(new Batches.Batch(half, half, null), first + part + 1, 0.01, 0);
			}
			assertSameWeights(twice.variables().get("weights"), training.variables().get("weights"));
		}
	}

	@Test
	void refusesNetworksThatDoNotGrow() {
		final ParticlePairs pairs = TinyTraining.pairs(40);
		final Path model = folder.resolve("m.clearice");
		assertMessage("growth= is for networks that grow, which network=light is not", () -> Trainer.train(PairSource.of(
			pairs), TinyTraining.options().with(Map.of("growth", "16", "network", "light")), model, TrainingListener.SILENT));
		assertMessage("which discriminator=light is not", () -> Trainer.train(PairSource.of(pairs), TinyTraining.options()
			.with(Map.of("growth", "16", "network", "pggan", "gan", "wgan", "discriminator", "light")), model,
			TrainingListener.SILENT));
		assertMessage("Use growth=0", () -> TinyTraining.options().with(Map.of("growth", "16", "supervision",
			"noise2void")));
		assertMessage("Option growth must be 0", () -> TinyTraining.options().with("growth", "-1"));
	}

	@Test
	void presetIsThatOfThePaper() {
		final Map<String, String> preset = Preset.named("pggan").options().toMap();
		assertEquals("200000", preset.get("growth"));
		assertEquals("pggan", preset.get("network"));
		assertEquals("wgan", preset.get("gan"));
		assertEquals("10.0", preset.get("mu"));
		assertEquals("100.0", preset.get("lambda"));
		assertEquals("16", preset.get("batch"));
		assertEquals("1.0E-4", preset.get("rate"));
		assertEquals("1.0E-4", preset.get("criticrate"));
		assertEquals("0.0", preset.get("beta1"));
		assertEquals("0.99", preset.get("beta2"));
	}

	@Test
	void binningHalvesAndDoubles() {
		// numpy.arange(32.).reshape(2, 2, 2, 2, 2).mean((2, 4)).ravel()
		final float[] ramp = new float[32];
		for (int i = 0; i < ramp.length; i++) ramp[i] = i;
		assertArrayEquals(new float[] { 2.5f, 4.5f, 10.5f, 12.5f, 18.5f, 20.5f, 26.5f, 28.5f }, Binning.halved(ramp, 4));
		assertArrayEquals(new float[] { 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3 }, Binning.doubled(new float[] { 0,
			1, 2, 3 }, 2));
	}

	/** WGAN-gp as in the preset, but quick; eight images an update. */
	private static TrainingOptions options(final int growth) {
		return Preset.PGGAN.options().with(Map.of("growth", Integer.toString(growth), "batch", "8", "rate", "0.003",
			"criticrate", "0.003", "average", "0.9", "device", "cpu", "precision", "float32", "threads", "1"));
	}

	private static Networks networks(final TrainingOptions options) {
		return new Networks(NETWORK, options.objective().adversary().map(adversary -> new ProgressiveDiscriminator(8, 1)));
	}

	private static GrowingTraining training(final TrainingOptions options) {
		return new GrowingTraining(networks(options), BOX, options, DEVICE);
	}

	private ModelFile train(final ParticlePairs pairs, final TrainingOptions options, final Recorder heard,
		final String model)
	{
		return Trainer.train(PairSource.of(pairs), options, networks(options), folder.resolve(model), heard);
	}

	private static void step(final GrowingTraining training, final long number) {
		final SplittableRandom random = Seeds.random(3, number);
		final float[] targets = new float[8 * BOX * BOX];
		for (int i = 0; i < targets.length; i++) targets[i] = (float) random.nextGaussian();
		training.step(new Batches.Batch(targets, targets, null), number, 0.01, 0.01);
	}

	private static float[] waves(final int size) {
		final float[] values = new float[size * size];
		for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(0.37 * i + 0.001 * i * i);
		return values;
	}
}
