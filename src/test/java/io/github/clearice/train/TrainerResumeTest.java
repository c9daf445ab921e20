package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static io.github.clearice.train.TinyTraining.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.Checkpoint;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@PlainGraphs
class TrainerResumeTest {

	@TempDir
	Path folder;

	@Test
	void cancelLeavesTheCheckpointOfAnEarlierTraining() throws IOException {
		final Path model = folder.resolve("m.clearice");
		train(TinyTraining.pairs(30), TinyTraining.options(), model, new Recorder(2, Long.MAX_VALUE));
		Files.move(model, Trainer.checkpointOf(model));
		final Recorder heard = new Recorder(Long.MAX_VALUE, 1);
		assertThrows(TaskCancelledException.class, () -> train(TinyTraining.pairs(30), TinyTraining.options(), model,
			heard));
		assertTrue(heard.messages.get(0).contains("holds an unfinished training"), heard.messages.toString());
		assertThrows(TaskCancelledException.class, () -> Trainer.resume(pairs(30), model, Map.of(), model,
			new Recorder(Long.MAX_VALUE, 1)));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(Trainer.checkpointOf(model)), files.toList());
		}
	}

	@ParameterizedTest
	@CsvSource({ "gan, none", "gan, beta", "gan, wgan", "gan, conditional", "optimiser, muon" })
	void resumedTrainingEndsAtTheSameWeights(final String option, final String value) throws IOException {
		if (value.equals("wgan")) System.clearProperty(Device.SIMPLIFY);
		final ParticlePairs pairs = TinyTraining.pairs(60);
		final TrainingOptions options = TinyTraining.options().with(option, value);
		final ModelFile whole = train(pairs, options, folder.resolve("whole.clearice"), TrainingListener.SILENT);
		final Path part = folder.resolve("part.clearice");
		train(pairs, options, part, new Recorder(9, Long.MAX_VALUE));
		final ModelFile resumed = Trainer.resume(PairSource.of(pairs), part, Map.of(), part, TrainingListener.SILENT);
		final Map<String, List<Weight>> expected = whole.checkpoint().get().variables();
		final Map<String, List<Weight>> actual = resumed.checkpoint().get().variables();
		assertEquals(options.objective().adversary().isEmpty(), !expected.containsKey("critic-moments2"));
		for (final String group : List.of("weights", "average", "moments1", "moments2", "critic-weights", "critic-moments1",
			"critic-moments2"))
		{
			if (expected.containsKey(group)) assertSameWeights(expected.get(group), actual.get(group));
		}
		// The validation at the stop, which the whole training does not make, leaves no trace.
		assertSameWeights(whole.weights(), resumed.weights());
		assertEquals(history(whole), history(resumed));
	}

	/** Without the seconds. */
	private static List<List<Number>> history(final ModelFile model) {
		return model.card().history().stream().map(entry -> List.<Number> of(entry.epoch(), entry.step(), entry
			.learningRate(), entry.trainingLoss(), entry.validationPsnrDecibel())).toList();
	}

	@Test
	void resumeRefusesWhatIsNoWholeCheckpointOfThisVersion() throws IOException {
		final Path model = folder.resolve("m.clearice");
		final ModelFile whole = train(TinyTraining.pairs(30), TinyTraining.options(), model, new Recorder(2,
			Long.MAX_VALUE));
		final byte[] bytes = Files.readAllBytes(model);
		Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
		assertMessage(model + ": it is not a complete model archive", () -> resume(model));
		final byte[] altered = bytes.clone();
		altered[bytes.length / 2] ^= 1;
		Files.write(model, altered);
		assertMessage("is wrong. The file is damaged or was altered; get a fresh copy.", () -> resume(model));
		final Checkpoint checkpoint = whole.checkpoint().get();
		new ModelFile(whole.card(), whole.weights(), Optional.empty(), Optional.empty()).write(model);
		assertMessage("it is a model without a checkpoint. Train a new model.", () -> resume(model));
		final Map<String, List<Weight>> other = new LinkedHashMap<>(checkpoint.variables());
		final Weight first = other.get("weights").get(0);
		final List<Weight> turned = new ArrayList<>(other.get("weights"));
		turned.set(0, new Weight(first.name(), new int[] { first.values().length }, first.values()));
		other.put("weights", turned);
		new ModelFile(whole.card(), whole.weights(), Optional.empty(), Optional.of(new Checkpoint(checkpoint.state(),
			other))).write(model);
		assertMessage("The checkpoint does not fit its network. Weight " + first.name() + " has shape [" + first
			.values().length + "]", () -> resume(model));
		final Map<String, String> miscounted = new LinkedHashMap<>(checkpoint.state());
		miscounted.put("validations", "7");
		new ModelFile(whole.card(), whole.weights(), Optional.empty(), Optional.of(new Checkpoint(miscounted, checkpoint
			.variables()))).write(model);
		assertMessage("The checkpoint counts 7 validations, but its card lists 1.", () -> resume(model));
	}

	@ParameterizedTest
	@ValueSource(strings = { "step", "bestPsnr", "validations", "seconds" })
	void resumeRefusesACheckpointWithoutAllItsState(final String name) throws IOException {
		final Path model = folder.resolve("m.clearice");
		final ModelFile whole = train(TinyTraining.pairs(30), TinyTraining.options(), model, new Recorder(2,
			Long.MAX_VALUE));
		final Checkpoint checkpoint = whole.checkpoint().get();
		final Map<String, String> lacking = new LinkedHashMap<>(checkpoint.state());
		assertNotNull(lacking.remove(name), lacking::toString);
		new ModelFile(whole.card(), whole.weights(), Optional.empty(), Optional.of(new Checkpoint(lacking, checkpoint
			.variables()))).write(model);
		assertMessage("file is damaged; get a fresh copy", () -> resume(model));
	}

	private static ModelFile resume(final Path model) {
		return Trainer.resume(PairSource.of(TinyTraining.pairs(30)), model, Map.of(), model, TrainingListener.SILENT);
	}

	/** As where the program was killed after its last update. */
	@Test
	void theCheckpointOfTheLastUpdateBecomesTheModel() throws IOException {
		final Path model = folder.resolve("m.clearice"), killed = folder.resolve("killed.clearice");
		final ModelFile whole = train(TinyTraining.pairs(30), TinyTraining.options().with("checkpoint", "0"), model,
			new Recorder() {

				@Override
				public void checkpointed(final long step, final Path file) {
					try {
						Files.copy(file, Trainer.checkpointOf(killed), StandardCopyOption.REPLACE_EXISTING);
					}
					catch (final IOException e) {
						throw new IllegalStateException(e);
					}
				}
			});
		assertEquals(whole.checkpoint().get().state().get("step"), ModelFile.read(Trainer.checkpointOf(killed)).checkpoint()
			.get().state().get("step"));
		assertSameWeights(whole.weights(), resume(killed).weights());
		assertTrue(Files.exists(killed) && Files.notExists(Trainer.checkpointOf(killed)));
		assertMessage("there is nothing to resume", () -> resume(killed));
	}

	@Test
	void resumeRefusesOtherParticlesAndOtherOptions() {
		final Path model = folder.resolve("m.clearice");
		train(TinyTraining.pairs(30), TinyTraining.options(), model, new Recorder(2, Long.MAX_VALUE));
		assertMessage("are not those that the training began with", () -> Trainer.resume(pairs(31), model, Map
			.of(), model, TrainingListener.SILENT));
		assertMessage("Option seed cannot change", () -> Trainer.resume(pairs(30), model, Map.of("seed", "5"),
			model, TrainingListener.SILENT));
		Trainer.resume(pairs(30), model, Map.of("seed", String.valueOf(TinyTraining.options().seed())), model,
			TrainingListener.SILENT);
		assertMessage("there is nothing to resume", () -> Trainer.resume(pairs(30), model, Map.of(), model,
			TrainingListener.SILENT));
		final ModelFile longer = Trainer.resume(pairs(30), model, Map.of("epochs", "4"), model,
			TrainingListener.SILENT);
		assertEquals(4, longer.card().history().get(longer.card().history().size() - 1).epoch());
	}

	private static PairSource pairs(final int count) {
		return PairSource.of(TinyTraining.pairs(count));
	}
}
