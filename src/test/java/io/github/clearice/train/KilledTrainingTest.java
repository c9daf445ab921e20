package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelFile;
import io.github.clearice.network.Weight;
import io.github.clearice.particle.ParticlePairs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainingTest {

	@TempDir
	Path folder;

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void killedTrainingResumesToTheSameModel() throws Exception {
		final Path model = folder.resolve("killed.clearice");
		killMidEpoch(model);
		assertFalse(Files.exists(model));
		final ModelFile checkpoint = ModelFile.read(Trainer.checkpointOf(model));
		final ParticlePairs pairs = TinyTraining.pairs(KilledTraining.PAIRS);
		// 54 particles to train on make 6 updates of 8 an epoch: two whole epochs before update 15.
		assertEquals("12", checkpoint.checkpoint().get().state().get("step"));

		final ModelFile resumed = Trainer.resume(PairSource.of(pairs), model, Map.of(), model, TrainingListener.SILENT);
		final ModelFile whole = Trainer.train(PairSource.of(pairs), KilledTraining.options(), TinyTraining.NETWORK, folder
			.resolve("whole.clearice"), TrainingListener.SILENT);
		assertTrue(Files.exists(model));
		assertFalse(Files.exists(Trainer.checkpointOf(model)));
		for (final String group : whole.checkpoint().get().variables().keySet()) {
			final List<Weight> expected = whole.checkpoint().get().variables().get(group);
			final List<Weight> actual = resumed.checkpoint().get().variables().get(group);
			for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i).values(), actual.get(i).values(), group +
				"/" + expected.get(i).name());
		}
		assertEquals(whole.card().history().stream().map(entry -> entry.trainingLoss()).toList(), resumed.card().history()
			.stream().map(entry -> entry.trainingLoss()).toList());
	}

	private static void killMidEpoch(final Path model) throws IOException, InterruptedException {
		final List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		for (final String property : List.of("org.bytedeco.javacpp.cachedir", "user.home")) {
			if (System.getProperty(property) != null) command.add("-D" + property + "=" + System.getProperty(property));
		}
		command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), KilledTraining.class.getName(), model
			.toString()));
		final Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
		final StringBuilder said = new StringBuilder();
		try (BufferedReader reader = child.inputReader()) {
			String line = reader.readLine();
			while (line != null && !line.equals(KilledTraining.WAITING)) {
				said.append(line).append('\n');
				line = reader.readLine();
			}
			assertEquals(KilledTraining.WAITING, line, said.toString());
		}
		finally {
			child.destroyForcibly().waitFor();
		}
	}
}
