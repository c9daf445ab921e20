package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.train.log.TrainingListener;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class KilledTrainingTest {

	private static final int STEPS_PER_EPOCH = 6;
	private static final int TOTAL_STEPS = 60;

	/** For processes that live for seconds: optimising their code would take longer than it saves. */
	private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	@TempDir
	static Path wholes;

	@TempDir
	Path folder;

	/** A training that nobody kills, with the size of its checkpoint after the eighth epoch. */
	private static final class Whole implements TrainingListener {

		private static final Map<String, Whole> OF = new HashMap<>();

		private final ModelFile model;
		private long eighthBytes;

		private Whole(final String kind) {
			model = Trainer.train(KilledTraining.source(kind), KilledTraining.options(kind), TinyTraining.NETWORK, wholes
				.resolve(kind + ".clearice"), this);
		}

		static Whole of(final String kind) {
			return OF.computeIfAbsent(kind, Whole::new);
		}

		@Override
		public void checkpointed(final long step, final Path file) {
			if (step == 8 * STEPS_PER_EPOCH) eighthBytes = file.toFile().length();
		}
	}

	/** How a killed training came to its end. */
	private record Death(long startedAt, long lastUpdate) {}

	@Test
	void killedTrainingResumesToTheSameModel() throws Exception {
		final String kind = KilledTraining.AUTOENCODER;
		final Path model = folder.resolve("killed.clearice");
		assertEquals(15, kill(kind, model, 15, -1).lastUpdate);
		assertFalse(Files.exists(model));
		final ModelFile checkpoint = ModelFile.read(Trainer.checkpointOf(model));
		// Two whole epochs before update 15.
		assertEquals("12", checkpoint.checkpoint().get().state().get("step"));
		final ModelFile resumed = Trainer.resume(KilledTraining.source(kind), model, Map.of(), model,
			TrainingListener.SILENT);
		assertFalse(Files.exists(Trainer.checkpointOf(model)));
		assertSame(kind, resumed);
	}

	/** The first and last deaths are at a chosen update, the other at any time, in the middle of a checkpoint maybe. */
	@Test
	void aGameOnFreshPairsThatIsKilledThreeTimesEndsAtTheSameModel() throws Exception {
		final String kind = KilledTraining.GAME;
		final Path model = folder.resolve("killed.clearice");
		final SplittableRandom random = new SplittableRandom(5);
		long reached = 0;
		for (int times = 0; times < 3 && !Files.exists(model); times++) {
			final long next = Math.min(TOTAL_STEPS - 1, reached + 1 + random.nextInt(15));
			final Death death = times % 2 == 0 ? kill(kind, model, next, -1) : kill(kind, model, 0, next);
			// No more is lost than since the last checkpoint, which is written after each epoch.
			assertTrue(death.startedAt >= reached - STEPS_PER_EPOCH && death.startedAt % STEPS_PER_EPOCH == 0, death +
				" after " + reached);
			reached = Math.max(reached, death.lastUpdate);
		}
		final ModelFile resumed = Trainer.resume(KilledTraining.source(kind), model, Map.of(), model,
			TrainingListener.SILENT);
		assertSame(kind, resumed);
	}

	/**
	 * A limit on the size of files simulates a full disk: it lets the checkpoints after epochs pass, but not the larger
	 * one in the middle of the ninth, nor the model.
	 */
	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aDiskThatFillsLeavesTheCheckpointBeforeWhole() throws Exception {
		final String kind = KilledTraining.AUTOENCODER;
		final long blocks = Whole.of(kind).eighthBytes * 12 / 10 / 1024;
		final Path model = folder.resolve("full.clearice");
		final List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f " + blocks + "; exec \"$@\"",
			"bash"));
		command.addAll(command(kind, model, -51));
		final Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
		final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(1, child.waitFor(), said);
		final Path checkpoint = Trainer.checkpointOf(model);
		assertTrue(said.contains("Warning: no checkpoint was written after update 51. Cannot write " + checkpoint), said);
		assertTrue(said.contains("Then continue from the last checkpoint (clearice train resume=" + checkpoint + ")."),
			said);
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(checkpoint), files.filter(file -> file.getFileName().toString().contains("full")).toList());
		}
		assertEquals("48", ModelFile.read(checkpoint).checkpoint().get().state().get("step"));
		assertSame(kind, Trainer.resume(KilledTraining.source(kind), model, Map.of(), model, TrainingListener.SILENT));
	}

	/** The states of the trainings and the results of their models. */
	private static void assertSame(final String kind, final ModelFile resumed) {
		final ModelFile whole = Whole.of(kind).model;
		final Map<String, List<Weight>> variables = whole.checkpoint().get().variables();
		assertEquals(variables.keySet(), resumed.checkpoint().get().variables().keySet());
		variables.forEach((group, expected) -> assertSame(group, expected, resumed.checkpoint().get().variables().get(
			group)));
		assertSame("shown", whole.weights(), resumed.weights());
		assertEquals(whole.card().history().stream().map(HistoryEntry::trainingLoss).toList(), resumed.card().history()
			.stream().map(HistoryEntry::trainingLoss).toList());
	}

	private static void assertSame(final String group, final List<Weight> expected, final List<Weight> actual) {
		for (int i = 0; i < expected.size(); i++)
			assertArrayEquals(expected.get(i).values(), actual.get(i).values(), group + "/" + expected.get(i).name());
	}

	/**
	 * Runs the training and kills it.
	 *
	 * @param waitAt the update at which it waits for that
	 * @param killAfter otherwise, the update after which it is killed while it runs on
	 */
	private static Death kill(final String kind, final Path model, final long waitAt, final long killAfter)
		throws Exception
	{
		final Process child = new ProcessBuilder(command(kind, model, waitAt)).redirectErrorStream(true).start();
		final StringBuilder said = new StringBuilder();
		long startedAt = -1, lastUpdate = -1;
		try (BufferedReader reader = child.inputReader()) {
			// Killing the child by its handle keeps its output readable.
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				said.append(line).append('\n');
				if (line.startsWith(KilledTraining.STARTED)) startedAt = Long.parseLong(line.substring(KilledTraining.STARTED
					.length()));
				if (line.startsWith(KilledTraining.UPDATED)) lastUpdate = Long.parseLong(line.substring(KilledTraining.UPDATED
					.length()));
				if (line.equals(KilledTraining.WAITING) || lastUpdate >= 0 && lastUpdate == killAfter) child.toHandle()
					.destroyForcibly();
			}
		}
		finally {
			child.destroyForcibly().waitFor();
		}
		assertTrue(startedAt >= 0 && lastUpdate >= Math.max(waitAt, killAfter), said.toString());
		return new Death(startedAt, lastUpdate);
	}

	private static List<String> command(final String kind, final Path model, final long waitAt) {
		final List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		for (final String property : List.of("org.bytedeco.javacpp.cachedir", "user.home", Device.SIMPLIFY)) {
			if (System.getProperty(property) != null) command.add("-D" + property + "=" + System.getProperty(property));
		}
		command.addAll(QUICK_START);
		command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), KilledTraining.class.getName(), kind,
			model.toString(), Long.toString(waitAt)));
		return command;
	}
}
