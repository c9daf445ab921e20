package io.github.clearice.train.log;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.PlainGraphs;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.Recorder;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class RunDirectoryTest {

	@TempDir
	Path folder;

	private final ParticlePairs pairs = TinyTraining.pairs(60);
	private final List<String> warnings = new ArrayList<>();
	private final TaskListener told = new TaskListener() {

		@Override
		public void message(final String line) {
			warnings.add(line);
		}
	};

	private static TrainingOptions options() {
		return TinyTraining.options().with("epochs", 9);
	}

	@Test
	void aResumedRunContinuesTheSameTable() throws IOException {
		final Path whole = folder.resolve("whole"), part = folder.resolve("part"), model = folder.resolve("part.clearice");
		train(pairs, options(), folder.resolve("whole.clearice"), new RunDirectory(whole, false, told));
		train(pairs, options(), model, new TrainingListeners(new RunDirectory(part, false, told), new Recorder(34,
			Long.MAX_VALUE)));
		Trainer.resume(PairSource.of(pairs), model, Map.of(), model, new RunDirectory(part, true, told));
		final List<String> expected = columns(whole);
		// 54 pairs in batches of 8: an epoch has 6 updates.
		assertEquals(List.of("step", "6", "12", "18", "20", "24", "30", "36", "40", "42", "48", "54"), expected.stream()
			.map(row -> row.split(" ")[0]).toList());
		final List<String> rows = new ArrayList<>(columns(part));
		// The validation at the stop is the one more.
		assertTrue(rows.remove(7).startsWith("34 "), rows.toString());
		assertEquals(expected, rows);
		assertEquals(List.of(), warnings);
	}

	@Test
	void aResumedRunThatIsStoppedBeforeAnUpdateKeepsItsTable() throws IOException {
		final Path run = folder.resolve("run"), model = folder.resolve("m.clearice");
		train(pairs, options(), model, new TrainingListeners(new RunDirectory(run, false, told), new Recorder(34,
			Long.MAX_VALUE)));
		final List<String> before = columns(run);
		Trainer.resume(PairSource.of(pairs), model, Map.of(), model, new TrainingListeners(new RunDirectory(run, true,
			told), new Recorder(0, Long.MAX_VALUE)));
		final List<String> after = columns(run);
		assertEquals(before.size() + 1, after.size());
		// The validation that was made again, with the losses of no update.
		final String again = after.get(after.size() - 1);
		assertTrue(again.startsWith("34 6 ") && again.endsWith("[nan, nan, nan, nan]"), again);
		assertEquals(psnr(before), psnr(after));
		assertEquals(List.of(), warnings);
	}

	private static String psnr(final List<String> columns) {
		return columns.get(columns.size() - 1).split(" ")[5];
	}

	@Test
	void theTableOfARunThatWentBackHasNoRowTwice() throws IOException {
		train(pairs, TinyTraining.options().with(Map.of("rate", "0.2", "beta1", "0", "beta2", "0", "loss", "l2", "warmup",
			"0", "decay", "none", "epochs", "12")), folder.resolve("m.clearice"), new RunDirectory(folder.resolve("run"),
				false, told));
		final List<Integer> steps = columns(folder.resolve("run")).stream().skip(1).map(row -> Integer.valueOf(row.split(
			" ")[0])).toList();
		assertEquals(steps.stream().sorted().distinct().toList(), steps);
		assertEquals(72, steps.get(steps.size() - 1));
		assertTrue(Files.readString(folder.resolve("run/messages.txt")).matches(
			"(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ Warning: after update \\d+ .*"), Files.readString(folder.resolve(
				"run/messages.txt")));
	}

	@Test
	void aFolderThatDisappearsCostsOneWarning() throws IOException {
		final Path run = folder.resolve("run");
		train(pairs, options(), folder.resolve("m.clearice"), new TrainingListeners(new RunDirectory(run, false, told),
			new TrainingListener() {

				@Override
				public void updated(final TrainingProgress progress) {
					if (progress.step() == 21) delete(run);
				}
			}));
		assertTrue(Files.exists(folder.resolve("m.clearice")));
		assertEquals(1, warnings.size(), warnings.toString());
		assertTrue(warnings.get(0).startsWith("Warning: the run folder " + run + " is no longer complete. Cannot write"),
			warnings.get(0));
	}

	@Test
	void refusesAFolderThatHoldsAnotherRun() throws IOException {
		final Path run = folder.resolve("run");
		final RunDirectory first = new RunDirectory(run, false, told);
		first.startedAt(0);
		new RunDirectory(run, false, told);
		Files.writeString(run.resolve("metrics.tsv"), Files.readString(run.resolve("metrics.tsv")) + "20\t1\n");
		assertMessage("holds another run. Give another folder=", () -> new RunDirectory(run, false, told));
		final Path file = Files.writeString(folder.resolve("file"), "");
		assertMessage("it is a file. Name a folder.", () -> new RunDirectory(file, false, told));
	}

	/** The columns that do not depend on the clock. */
	private static List<String> columns(final Path run) throws IOException {
		return Files.readAllLines(run.resolve("metrics.tsv")).stream().map(line -> line.split("\t")).map(cells -> String
			.join(" ", cells[0], cells[1], cells[3], cells[4], cells[5], cells[10]) + Arrays.asList(cells).subList(6, 10))
			.toList();
	}

	private static void delete(final Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
