package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.StopRequest;

import java.util.List;

import org.junit.jupiter.api.Test;

/** The state of a search that a window keeps. */
class TrainingMonitorTest {

	private static final ArrayParticleStack NONE = new ArrayParticleStack("none", 4, 1, new float[0][]);

	private static final StepReport REPORT = new StepReport(0.5, false, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

	private final TrainingMonitor monitor = new TrainingMonitor(() -> {});

	@Test
	void aSearchShowsOneTrainingAfterTheOtherAndTheBestFirst() {
		for (int setting = 1; setting <= 3; setting++) {
			train(trial(setting, 1, 10), 0, 10, setting == 2 ? 25 : 20 + setting);
			assertTrue(monitor.view().isSearching());
			monitor.tried(trial(setting, 1, 10), setting == 3 ? Double.NaN : setting == 2 ? 25 : 20 + setting);
		}
		train(trial(2, 2, 30), 10, 20, 26);
		final TrainingView view = monitor.view();
		assertEquals("Setting 2 of 3, round 2 of 2: epoch 1 of 9", TrainingText.headline(view));
		assertEquals("20 of 30, 180 images/s", TrainingText.progress(view));
		// The curve continues where its first round ended, beside those of the two others.
		assertArrayEquals(new double[] { 10, 20 }, view.validations().steps());
		assertArrayEquals(new double[] { 20 }, view.losses().steps());
		assertEquals(2, view.search().others().size());
		assertEquals(List.of(2, 1, 3), ranked(view));
		monitor.tried(trial(1, 2, 30), 24);
		assertEquals(List.of(1, 2, 3), ranked(monitor.view()), "of a later round");
		final SearchTableModel table = new SearchTableModel();
		table.show(monitor.view().search().ranked());
		assertEquals("1 rate=0.1 2 of 2 30 24.00", row(table, 0));
		assertEquals("3 rate=0.3 1 of 2 10 diverged", row(table, 2));
	}

	@Test
	void theWinnerIsShownAsAnyTraining() {
		train(trial(1, 1, 10), 0, 10, 20);
		monitor.tried(trial(1, 1, 10), 20);
		assertTrue(monitor.view().isSearching());
		monitor.begin("Training", 90);
		train(monitor, 10, 20, 21);
		final TrainingView view = monitor.view();
		assertFalse(view.isSearching());
		assertNull(view.search().now());
		assertEquals("Training: epoch 1 of 9", TrainingText.headline(view));
		assertArrayEquals(new double[] { 20 }, view.validations().steps());
	}

	@Test
	void aSearchThatIsStoppedIsSaidToGoOn() {
		train(trial(1, 1, 10), 0, 5, 20);
		monitor.request(StopRequest.STOP);
		assertEquals("Stopping; the same command continues with the search", TrainingText.headline(monitor.view()));
	}

	private static SearchTrial trial(final int setting, final int round, final long updates) {
		return new SearchTrial(setting, 3, round, 2, updates, "rate=0." + setting);
	}

	private void train(final SearchTrial trial, final long from, final long to, final double psnr) {
		final TrainingListener told = monitor.trial(trial);
		monitor.begin(trial.toString(), trial.updates());
		train(told, from, to, psnr);
	}

	private static void train(final TrainingListener told, final long from, final long to, final double psnr) {
		told.startedAt(from);
		told.updated(new TrainingProgress(to, 90, 1, 9, 1, 0.01, 0.5, REPORT, psnr, 180, 60));
		told.validated(new HistoryEntry(1, to, 1, 0.01, 0.5, psnr), new ValidationSample(NONE, NONE, NONE));
	}

	private static List<Integer> ranked(final TrainingView view) {
		return view.search().ranked().stream().map(each -> each.trial().setting()).toList();
	}

	private static String row(final SearchTableModel table, final int row) {
		final StringBuilder text = new StringBuilder();
		for (int column = 0; column < table.getColumnCount(); column++)
			text.append(' ').append(table.getValueAt(row, column));
		return text.substring(1);
	}
}
