package io.github.clearice.fiji.ui;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.DurationText;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;

import java.util.Locale;

/** The texts of the training window. */
final class TrainingText {

	private TrainingText() {}

	/** The state of the training, as a headline. */
	static String headline(final TrainingView view) {
		final TrainingProgress now = view.progress();
		if (view.state() == TrainingState.STOPPING && view.isSearching())
			return "Stopping; the same command continues with the search";
		final String state = view.state() == TrainingState.RUNNING && !view.task().isEmpty() ? view.task() : view.state()
			.text();
		if (now == null || view.state().isOver()) return state;
		return state + String.format(Locale.ROOT, ": epoch %d of %d", now.epoch(), now.epochs());
	}

	/** The progress bar's text. */
	static String progress(final TrainingView view) {
		final String steps = view.total() > 0 ? String.format(Locale.ROOT, "%d of %d", view.done(), view.total()) : "";
		if (view.state().isOver()) return view.state() == TrainingState.DONE ? "done" : steps;
		final TrainingProgress now = view.progress();
		if (now == null || now.step() != view.done()) return steps;
		// A training within a search gets less time than it would have left alone.
		return steps + (view.isSearching() ? "" : ", " + DurationText.of(now.secondsLeft()) + " left") + String.format(
			Locale.ROOT, ", %.0f images/s", now.imagesPerSecond());
	}

	/** The numbers of the last update and validations, a line each; none if there are none. */
	static String numbers(final TrainingView view) {
		final StringBuilder text = new StringBuilder();
		final TrainingProgress now = view.progress();
		if (now != null) {
			text.append(String.format(Locale.ROOT, "Loss %.4g, learning rate %.3g, %s so far", now.loss(), now.learningRate(),
				DurationText.of(now.seconds())));
			final StepReport report = now.report();
			if (report.hasAdversary()) text.append(String.format(Locale.ROOT,
				"; discriminator's scores of targets %.3f, of results %.3f", report.realScore(), report.fakeScore()));
		}
		text.append('\n');
		final HistoryEntry best = view.best();
		if (best != null) text.append(String.format(Locale.ROOT, "Validation %.2f dB; best %.2f dB after %d updates", view
			.last().validationPsnrDecibel(), best.validationPsnrDecibel(), best.step()));
		return text.toString();
	}
}
