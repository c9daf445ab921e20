package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static io.github.clearice.train.TinyTraining.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelFile;
import io.github.clearice.particle.ParticlePairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings at rates that are far too high. */
class DivergenceTest {

	@TempDir
	Path folder;

	private final ParticlePairs pairs = TinyTraining.pairs(60);

	/** Signs of gradients in place of Adam: every update moves every weight by the whole rate. */
	private static TrainingOptions explosive(final double rate) {
		return TinyTraining.options().with(Map.of("rate", "" + rate, "beta1", "0", "beta2", "0", "loss", "l2", "warmup", "0",
			"decay", "none", "epochs", "40"));
	}

	/** At such a rate the units of the network die, and its results are all the same. */
	private static TrainingOptions collapsing(final double rate) {
		return TinyTraining.options().with(Map.of("rate", "" + rate, "beta2", "0.9", "warmup", "0", "decay", "none", "epochs",
			"40"));
	}

	@Test
	void aLossThatExplodesIsTakenBackAndTheRateHalved() {
		final Recorder heard = new Recorder();
		final ModelFile model = train(pairs, explosive(0.2), folder.resolve("m.clearice"), heard);
		assertTrue(heard.messages.get(0).matches("Warning: after update \\d+ the loss had exploded to \\d+ times its lowest\\." +
			" The training goes on from update 0 with half the learning rate \\(1 of at most 3 times\\)\\."), heard.messages
				.toString());
		final int rollbacks = heard.starts.size() - 1;
		assertTrue(rollbacks >= 1 && heard.starts.stream().allMatch(step -> step == 0), heard.starts.toString());
		assertEquals(0.2 * Math.pow(0.5, rollbacks), heard.updates.get(heard.updates.size() - 1).learningRate(), 1e-12);
		// Never a step back in what the card tells, and the end is that of the lower rate.
		assertEquals(model.card().history().stream().map(HistoryEntry::step).sorted().distinct().toList(), model.card().history()
			.stream().map(HistoryEntry::step).toList());
		assertTrue(model.card().metrics().get("validation-psnr") > 12, model.card().metrics().toString());
	}

	@Test
	void resultsThatAreAllTheSameAreNoticedAndMended() {
		final Recorder heard = new Recorder();
		final ModelFile model = train(pairs, collapsing(0.2), folder.resolve("m.clearice"), heard);
		assertTrue(heard.messages.get(0).contains("had been the same for all images in"), heard.messages
			.toString());
		assertTrue(model.card().metrics().get("validation-psnr") > 17, model.card().metrics().toString());
	}

	@ParameterizedTest
	@ValueSource(ints = { 33, 44, 50 })
	void aTrainingThatIsStoppedOnItsWayDivergesAndRecoversAsIfItWereNot(final int stopAfter) {
		final Recorder whole = new Recorder();
		final ModelFile expected = train(pairs, collapsing(0.2), folder.resolve("whole.clearice"), whole);
		final Path part = folder.resolve("part.clearice");
		final Recorder first = new Recorder(stopAfter, Long.MAX_VALUE);
		train(pairs, collapsing(0.2), part, first);
		final Recorder second = new Recorder();
		final ModelFile resumed = Trainer.resume(PairSource.of(pairs), part, Map.of(), part, second);
		assertSameWeights(expected.weights(), resumed.weights());
		final List<String> messages = new ArrayList<>(first.messages);
		messages.addAll(second.messages);
		messages.removeIf(message -> message.contains("of no use"));
		assertEquals(whole.messages, messages);
	}

	@Test
	void aTrainingThatDoesNotRecoverEndsAndKeepsItsLastGoodState() {
		final Path model = folder.resolve("m.clearice");
		final Path checkpoint = Trainer.checkpointOf(model);
		final Recorder heard = new Recorder();
		assertMessage("Use a lower rate= (now 10.0) or precision=float32; resume=" + checkpoint +
			" goes on from the last good state with lower rates.", () -> train(pairs, collapsing(10), model, heard));
		assertEquals(4, heard.starts.size(), heard.messages.toString());
		assertFalse(Files.exists(model));
		final long good = heard.starts.get(3);
		assertTrue(good > 0, heard.starts.toString());
		assertEquals(good, ModelFile.read(checkpoint).card().history().stream().mapToLong(HistoryEntry::step).max().getAsLong());
		// With the same rate there is no more to try, with a lower one there is.
		final Recorder again = new Recorder();
		assertMessage("once more although its learning rates had been halved 3 times", () -> Trainer.resume(PairSource.of(
			pairs), checkpoint, Map.of(), model, again));
		assertEquals(List.of(good), again.starts);
		final Recorder lower = new Recorder(3, Long.MAX_VALUE);
		Trainer.resume(PairSource.of(pairs), checkpoint, Map.of("rate", "0.01"), model, lower);
		assertEquals(List.of(good), lower.starts);
		assertEquals(0.01, lower.updates.get(0).learningRate(), 1e-12);
	}

	@Test
	void aDiscriminatorThatLearnsFarTooFastIsSlowedDownAlone() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("gan", "wgan", "criticrate", "3", "kg", "1", "decay",
			"none"));
		final Recorder heard = new Recorder();
		assertMessage("Use a lower criticrate= (now 3.0).", () -> train(pairs, options, folder.resolve("m.clearice"), heard));
		assertTrue(heard.messages.get(0).matches("Warning: after update \\d+ the gradient penalty of the critic had exploded to" +
			" \\S+\\. The training goes on from update 0 with half the learning rate of the discriminator \\(1 of .*"), heard
				.messages.toString());
		assertEquals(0.012, heard.updates.get(heard.updates.size() - 1).learningRate(), 1e-12);
	}

	@Test
	void aTrainingThatIsTooShortIsSaidToBeOfNoUse() {
		final Recorder heard = new Recorder(1, Long.MAX_VALUE);
		train(pairs, TinyTraining.options(), folder.resolve("m.clearice"), heard);
		assertTrue(heard.messages.get(0).matches("Warning: the model is of no use: its validation PSNR is -?[\\d.]+ dB, that of" +
			" the noisy particles [\\d.]+ dB\\. Train for more epochs=, .*"), heard.messages.toString());
	}
}
