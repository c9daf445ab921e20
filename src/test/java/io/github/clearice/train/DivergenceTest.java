package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static io.github.clearice.train.TinyTraining.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings at rates that are far too high. */
@PlainGraphs
class DivergenceTest {

	private static final ParticlePairs PAIRS = TinyTraining.pairs(60);
	/** The messages of a diverging training that nobody stopped. */
	private static final Recorder EXPLODED = new Recorder();
	private static ModelFile exploded;

	@TempDir
	Path folder;

	@BeforeAll
	static void explode(@TempDir final Path elsewhere) {
		exploded = train(PAIRS, explosive(0.2), elsewhere.resolve("m.clearice"), EXPLODED);
	}

	/** Signs of gradients in place of Adam: every update moves every weight by the whole rate. */
	private static TrainingOptions explosive(final double rate) {
		return TinyTraining.options().with(Map.of("rate", "" + rate, "beta1", "0", "beta2", "0", "loss", "l2", "warmup",
			"0", "decay", "none", "epochs", "20"));
	}

	/** At such a rate the units of the network die, and its results are all the same. */
	private static TrainingOptions collapsing() {
		return TinyTraining.options().with(Map.of("rate", "1", "beta2", "0.9", "warmup", "0", "decay", "none", "epochs",
			"40"));
	}

	/** Pairs whose targets are a million times too bright from an epoch on. */
	private record Spoiled(PairSource pairs, long fromEpoch) implements PairSource {

		@Override
		public int box() {
			return pairs.box();
		}

		@Override
		public double pixelSizeAngstrom() {
			return pairs.pixelSizeAngstrom();
		}

		@Override
		public int size() {
			return pairs.size();
		}

		@Override
		public String noisyName() {
			return pairs.noisyName();
		}

		@Override
		public String targetName() {
			return pairs.targetName();
		}

		@Override
		public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
			return new Spoiled(pairs.prepared(options, listener), fromEpoch);
		}

		@Override
		public void read(final int index, final float[] noisy, final float[] target) {
			pairs.read(index, noisy, target);
		}

		@Override
		public ImageScale draw(final long epoch, final int index, final SplittableRandom random,
			final Consumer<float[]> motion, final float[] noisy, final float[] target)
		{
			final ImageScale scale = pairs.draw(epoch, index, random, motion, noisy, target);
			if (epoch >= fromEpoch) for (int i = 0; i < target.length; i++) target[i] *= 1e6f;
			return scale;
		}
	}

	private PairSource spoiled(final long fromEpoch) {
		return new Spoiled(PairSource.of(PAIRS), fromEpoch);
	}

	@Test
	void aLossThatExplodesIsTakenBackAndTheRateHalved() {
		assertTrue(EXPLODED.messages.get(0).matches(
			"Warning: after update \\d+ the loss had exploded to \\d+ times its lowest" +
				"\\. The training continues from update 0 with half the learning rate \\(1 of at most 3 times\\)\\."),
			EXPLODED.messages.toString());
		final int rollbacks = EXPLODED.starts.size() - 1;
		assertTrue(rollbacks >= 1 && EXPLODED.starts.stream().allMatch(step -> step == 0), EXPLODED.starts.toString());
		assertEquals(0.2 * Math.pow(0.5, rollbacks), EXPLODED.updates.get(EXPLODED.updates.size() - 1).learningRate(),
			1e-12);
		// Updates in the card's history only increase, and the training ends with the lower rate.
		assertEquals(exploded.card().history().stream().map(HistoryEntry::step).sorted().distinct().toList(), exploded
			.card().history().stream().map(HistoryEntry::step).toList());
		assertTrue(exploded.card().metrics().get("validation-psnr") > 12, exploded.card().metrics().toString());
	}

	@Test
	void noticesAndRepairsResultsThatAreAllTheSame() {
		final Recorder heard = new Recorder();
		final ModelFile model = train(PAIRS, collapsing(), folder.resolve("m.clearice"), heard);
		assertTrue(heard.messages.get(0).contains("had been the same for all images in"), heard.messages
			.toString());
		assertTrue(model.card().metrics().get("validation-psnr") > 15, model.card().metrics().toString());
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 20, 100 })
	void aTrainingThatIsStoppedOnItsWayDivergesAndRecoversAsIfItWereNot(final int stopAfter) {
		final Path part = folder.resolve("part.clearice");
		final Recorder first = new Recorder(stopAfter, Long.MAX_VALUE);
		train(PAIRS, explosive(0.2), part, first);
		final Recorder second = new Recorder();
		final ModelFile resumed = Trainer.resume(PairSource.of(PAIRS), part, Map.of(), part, second);
		assertSameWeights(exploded.weights(), resumed.weights());
		assertEquals(divergences(EXPLODED), divergences(first, second));
	}

	@Test
	void aTrainingThatDoesNotRecoverEndsAndKeepsItsLastGoodState() {
		// 54 pairs in batches of 8: epoch 15 begins with update 91.
		final TrainingOptions options = TinyTraining.options().with("epochs", 30);
		final Path model = folder.resolve("m.clearice");
		final Path checkpoint = Trainer.checkpointOf(model);
		final Recorder whole = new Recorder();
		assertMessage("Use a lower rate= (now 0.012) or precision=float32, or continue from the last good state with" +
			" lower rates (clearice train" +
			" resume=" + checkpoint + ").", () -> Trainer.train(spoiled(15), options,
				TinyTraining.NETWORK, model, whole));
		assertFalse(Files.exists(model));
		// The last validation is that of update 90; no healthy one has followed it.
		assertEquals(List.of(0L, 84L, 84L, 84L), whole.starts);
		assertTrue(divergences(whole).get(0).matches(
			"Warning: after update 91 the loss had exploded to \\d+ times its lowest\\." +
				" The training continues from update 84 with half the learning rate \\(1 of at most 3 times\\)\\."),
			whole.messages.toString());
		assertEquals(84, ModelFile.read(checkpoint).card().history().stream().mapToLong(HistoryEntry::step).max()
			.getAsLong());

		for (final int stopAfter : new int[] { 94, 107 }) {
			final Path part = folder.resolve("part.clearice");
			final Recorder first = new Recorder(stopAfter, Long.MAX_VALUE);
			Trainer.train(spoiled(15), options, TinyTraining.NETWORK, part, first);
			final Recorder second = new Recorder();
			assertMessage("once more although its learning rates had been halved 3 times", () -> Trainer.resume(spoiled(15),
				part, Map.of(), part, second));
			assertEquals(divergences(whole), divergences(first, second));
		}

		// A user who fixes the cause continues from the checkpoint, at the rate that is given.
		final Recorder mended = new Recorder();
		Trainer.resume(PairSource.of(PAIRS), checkpoint, Map.of("rate", "0.006", "epochs", "16"), model, mended);
		assertEquals(List.of(84L), mended.starts);
		assertEquals(List.of(), mended.messages);
	}

	private static List<String> divergences(final Recorder... runs) {
		final List<String> messages = new ArrayList<>();
		for (final Recorder run : runs) messages.addAll(run.messages);
		messages.removeIf(message -> !message.contains("The training continues from update"));
		return messages;
	}

	@Test
	void aDiscriminatorThatLearnsFarTooFastIsSlowedDownAlone() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("gan", "wgan", "criticrate", "10", "kg", "1",
			"warmup", "0"));
		final Recorder heard = new Recorder();
		assertMessage("Use a lower criticrate= (now 10.0).", () -> train(PAIRS, options, folder.resolve("m.clearice"),
			heard));
		for (final String message : divergences(heard))
			assertTrue(message.matches("Warning: after update \\d+ the gradient penalty of the critic had exploded to" +
				" \\S+\\. The training continues from update 0 with half the learning rate of the discriminator \\(\\d of at" +
				" most 3 times\\)\\."), message);
		assertEquals(List.of(0L, 0L, 0L, 0L), heard.starts);
		assertEquals(0.012, heard.updates.get(heard.updates.size() - 1).learningRate(), 1e-3);
	}

	@Test
	void reportsAModelThatIsUselessAfterTooShortATraining() {
		final Recorder heard = new Recorder(1, Long.MAX_VALUE);
		train(PAIRS, TinyTraining.options(), folder.resolve("m.clearice"), heard);
		assertTrue(heard.messages.get(1).matches(
			"Warning: the model is useless: its validation PSNR is -?[\\d.]+ dB, and that of" +
				" the noisy particles is [\\d.]+ dB\\. Train for more epochs=, .*"), heard.messages.toString());
	}
}
