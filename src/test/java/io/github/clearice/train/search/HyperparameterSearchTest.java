package io.github.clearice.train.search;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.Recorder;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListeners;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class HyperparameterSearchTest {

	/** 54 pairs to train on in batches of 8: 6 updates an epoch, 18 in all; 4 settings for 2, 2 for 6, 1 for 18. */
	private static final TrainingOptions OPTIONS = TinyTraining.options().with(Map.of("epochs", "3", "network",
		"residual"));
	private static final int SETTINGS = 4;

	/** The folder of a finished search, and its messages. */
	@TempDir
	static Path finished;
	private static final Recorder HEARD = new Recorder();
	private static final Recorder TRIALS = new Recorder();
	private static final List<String> TRIED = new ArrayList<>();
	private static ModelFile best;

	@TempDir
	Path folder;

	@BeforeAll
	static void searchToTheEnd() {
		best = search(finished.resolve("m.clearice"), new TrainingListeners(HEARD, new TrainingListener() {

			@Override
			public TrainingListener trial(final SearchTrial trial) {
				return TRIALS;
			}

			@Override
			public void tried(final SearchTrial trial, final double psnrDecibel) {
				TRIED.add(String.format(Locale.ROOT, "%d %d %d %.4f", trial.setting(), trial.round(), trial.updates(),
					psnrDecibel));
			}
		}));
	}

	private static ModelFile search(final Path model, final TrainingListener listener) {
		return HyperparameterSearch.run(PairSource.of(TinyTraining.pairs(60)), OPTIONS, Set.of("network"), SETTINGS, model,
			listener);
	}

	@Test
	void theBestSettingIsTrainedToTheEnd() throws IOException {
		final Path model = finished.resolve("m.clearice");
		final List<String[]> rows = rows(model);
		assertEquals(List.of("1 1 2", "2 1 2", "3 1 2", "4 1 2"), firstCells(rows.subList(0, 4)));
		final List<String[]> ranked = rows.subList(0, 4).stream().sorted(Comparator.comparingDouble(row -> -Double
			.parseDouble(row[3]))).toList();
		assertEquals(Set.of(ranked.get(0)[0] + " 2 6", ranked.get(1)[0] + " 2 6"), Set.copyOf(firstCells(rows.subList(4,
			6))));
		assertEquals(6, rows.size());
		final String[] winner = Double.parseDouble(rows.get(4)[3]) >= Double.parseDouble(rows.get(5)[3]) ? rows.get(4)
			: rows.get(5);
		assertEquals(winner[4], best.card().training().get("rate"));
		assertEquals(18, best.card().history().get(best.card().history().size() - 1).step());
		assertEquals(best.card(), ModelFile.read(model).card());
		// The listener hears of the winner's last round as of any training.
		assertEquals(List.of(6L), HEARD.starts);
		assertEquals(12, HEARD.updates.size());
		// And of the others as of trials.
		assertEquals(rows.stream().map(row -> String.format(Locale.ROOT, "%s %s %s %.4f", row[0], row[1], row[2], Double
			.parseDouble(row[3]))).toList(), TRIED);
		assertEquals(List.of(0L, 0L, 0L, 0L, 2L, 2L), TRIALS.starts);
		assertEquals(4 * 2 + 2 * 4, TRIALS.updates.size());
		try (Stream<Path> files = Files.list(HyperparameterSearch.folderOf(model))) {
			assertEquals(List.of("search.tsv"), files.map(file -> file.getFileName().toString()).toList());
		}
		assertMessage("This search is over already", () -> search(model, TrainingListener.SILENT));
	}

	/** Counts the updates of all trainings, and asks to stop after so many. */
	private static final class Impatient implements TrainingListener {

		private final int most;
		private int updates;

		Impatient(final int most) {
			this.most = most;
		}

		@Override
		public synchronized void progress(final long done) {
			updates++;
		}

		@Override
		public boolean isStopRequested() {
			return updates >= most;
		}
	}

	@Test
	void aSearchThatIsStoppedAgainAndAgainFindsTheSame() throws IOException {
		final Path model = folder.resolve("part.clearice");
		final Path table = HyperparameterSearch.folderOf(model).resolve("search.tsv");
		for (int times = 0; times < 2; times++) {
			// The reading of 60 particles is progress, too.
			assertMessage("The search was stopped. Give the same command again", () -> search(model, new Impatient(60 + 4)));
			assertFalse(Files.exists(model));
		}
		// As if it had been killed between a training and its row, and in the middle of a row.
		final List<String> lines = Files.readAllLines(table);
		assertTrue(lines.size() > 3, lines.toString());
		Files.writeString(table, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n" + lines.get(lines.size() - 1)
			.substring(0, 3));
		final ModelFile found = search(model, TrainingListener.SILENT);
		assertSameWeights(best.weights(), found.weights());
		assertEquals(best.card().training(), found.card().training());
		assertEquals(Files.readAllLines(HyperparameterSearch.folderOf(finished.resolve("m.clearice")).resolve(
			"search.tsv")), Files.readAllLines(
			table));
	}

	/** Rates so low that hardly anything is learned: no validation is better than the first ones. */
	@Test
	void trainingsThatEndEarlyStayInTheRace() throws IOException {
		final Path model = folder.resolve("early.clearice");
		final Recorder heard = new Recorder();
		final TrainingOptions options = OPTIONS.with(Map.of("epochs", "27", "earlystop", "1", "rate", "1e-9"));
		final ModelFile found = HyperparameterSearch.run(PairSource.of(TinyTraining.pairs(60)), options, Set.of("network"),
			2, model, heard);
		assertTrue(heard.messages.stream().anyMatch(line -> line.endsWith(
			"ended early in the search already: it is the model.")), heard.messages.toString());
		assertSameWeights(found.weights(), ModelFile.read(model).weights());
		assertEquals(2, rows(model).size());
	}

	@Test
	void refusesWhatCannotBeSearched() {
		final Path model = folder.resolve("m.clearice");
		final PairSource pairs = PairSource.of(TinyTraining.pairs(60));
		assertMessage("must be 2 to 1000 settings, not 1.", () -> HyperparameterSearch.run(pairs, OPTIONS, Set.of(
			"network"), 1, model, TrainingListener.SILENT));
		assertMessage("A search counts updates, not minutes", () -> HyperparameterSearch.run(pairs, OPTIONS.with("minutes",
			3), Set.of("network"), 4, model, TrainingListener.SILENT));
		assertMessage("there is nothing to search", () -> HyperparameterSearch.run(pairs, OPTIONS, Set.of("network",
			"rate"), 4, model, TrainingListener.SILENT));
		assertMessage("too short to search among 100 settings", () -> HyperparameterSearch.run(pairs, OPTIONS, Set.of(
			"network"), 100, model, TrainingListener.SILENT));
		assertThrows(ParameterException.class, () -> search(model, new Impatient(62)));
		assertMessage("holds the search of another command", () -> HyperparameterSearch.run(pairs, OPTIONS.with("seed", 2),
			Set.of("network"), 4, model, TrainingListener.SILENT));
	}

	private static List<String> firstCells(final List<String[]> rows) {
		return rows.stream().map(row -> row[0] + " " + row[1] + " " + row[2]).toList();
	}

	private static List<String[]> rows(final Path model) throws IOException {
		return Files.readAllLines(HyperparameterSearch.folderOf(model).resolve("search.tsv")).stream().skip(2).map(
			line -> line.split("\t")).toList();
	}
}
