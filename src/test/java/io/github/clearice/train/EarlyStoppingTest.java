package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static io.github.clearice.train.TinyTraining.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.LearningRate;
import io.github.clearice.train.options.LearningRate.Decay;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class EarlyStoppingTest {

	@TempDir
	Path folder;

	private final ParticlePairs pairs = TinyTraining.pairs(40);

	@Test
	void ratesFallAfterSoManyValidationsWithoutAGain() {
		final EarlyStopping earlyStopping = new EarlyStopping(new LearningRate(0.01, 0, Decay.PLATEAU, 2), 0);
		final boolean[] gains = { true, false, true, false, false, false, false };
		final boolean[] falls = { false, false, false, false, true, false, true };
		for (int i = 0; i < gains.length; i++) assertEquals(falls[i], earlyStopping.update(gains[i]), "validation " + i);
		assertEquals(0.25, earlyStopping.share());
		assertFalse(earlyStopping.isOver());
	}

	@Test
	void ratesDoNotFallForEver() {
		final EarlyStopping earlyStopping = new EarlyStopping(new LearningRate(0.01, 0, Decay.PLATEAU, 1), 0);
		for (int i = 0; i < 100; i++) earlyStopping.update(false);
		assertEquals(1.0 / 1024, earlyStopping.share());
	}

	@Test
	void onlyAPlateauLowersRates() {
		final EarlyStopping earlyStopping = new EarlyStopping(new LearningRate(0.01, 0, Decay.COSINE, 1), 3);
		for (int i = 0; i < 3; i++) assertFalse(earlyStopping.update(false));
		assertEquals(1, earlyStopping.share());
		assertTrue(earlyStopping.isOver());
	}

	@Test
	void aPlateauIsTheSameWhenTheTrainingIsStoppedOnIt() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("decay", "plateau", "patience", "1", "rate",
			"0.1", "epochs", "30"));
		final Recorder whole = new Recorder();
		final ModelFile expected = train(pairs, options, folder.resolve("whole.clearice"), whole);
		final double last = whole.updates.get(whole.updates.size() - 1).learningRate();
		assertTrue(last <= 0.025 && Math.abs(Math.log(0.1 / last) / Math.log(2) % 1) < 1e-9, "rate " + last);
		assertTrue(whole.messages.get(0).startsWith("The validation is on a plateau: after update"), whole.messages
			.toString());
		final Path part = folder.resolve("part.clearice");
		train(pairs, options, part, new Recorder(70, Long.MAX_VALUE));
		final ModelFile resumed = Trainer.resume(PairSource.of(pairs), part, Map.of(), part, TrainingListener.SILENT);
		assertSameWeights(expected.weights(), resumed.weights());
		assertSameWeights(expected.checkpoint().get().variables().get("weights"), resumed.checkpoint().get().variables()
			.get("weights"));
	}

	@Test
	void aTrainingWithoutGainsEndsEarly() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("earlystop", "2", "rate", "0.1", "decay", "none",
			"epochs", "500"));
		final Path model = folder.resolve("m.clearice");
		final Recorder heard = new Recorder();
		final ModelFile ended = train(pairs, options, model, heard);
		assertEquals(List.of("The training ends early: the last 2 validations brought no gain, update " + ended.checkpoint()
			.orElseThrow().state().get("step") + " of 2,000."), heard.messages);
		final int count = heard.validations.size();
		assertTrue(count < 200);
		final double best = heard.validations.get(count - 3).validationPsnrDecibel();
		assertEquals(best, ended.card().metrics().get("validation-psnr"));
		assertMessage("there is nothing to resume. To continue, give a larger earlystop=, or earlystop=0.", () -> Trainer
			.resume(PairSource.of(pairs), model, Map.of(), model, TrainingListener.SILENT));
		final ModelFile longer = Trainer.resume(PairSource.of(pairs), model, Map.of("earlystop", "0", "epochs", "" +
			(count + 1)), model, TrainingListener.SILENT);
		assertEquals(count + 1, longer.card().history().get(longer.card().history().size() - 1).epoch());
	}
}
