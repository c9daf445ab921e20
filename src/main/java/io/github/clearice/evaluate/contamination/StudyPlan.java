package io.github.clearice.evaluate.contamination;

import io.github.clearice.task.DurationText;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How long a study will take, from some updates of each method.
 *
 * @param seconds of one training, by method; without those that take a moment
 * @param trainings that are to be made, by method
 */
record StudyPlan(Map<StudyMethod, Double> seconds, Map<StudyMethod, Integer> trainings) {

	/** Updates before these are slower: graphs are made ready. */
	private static final int FIRST = 4;
	private static final int LAST = 14;

	/** Trains each method for a moment, but where a whole training takes no longer: then its time is not told. */
	static StudyPlan measure(final List<StudyCell> cells, final Function<StudyCell, PairSource> source,
		final StudyOptions options, final StudyFolder folder, final TrainingListener listener)
	{
		final Map<StudyMethod, Double> seconds = new LinkedHashMap<>();
		final Map<StudyMethod, Integer> trainings = new LinkedHashMap<>();
		for (final StudyCell cell : cells) {
			trainings.merge(cell.method(), 1, Integer::sum);
			if (seconds.containsKey(cell.method())) continue;
			final PairSource pairs = source.apply(cell);
			final TrainingOptions training = options.training(cell);
			if ((long) training.schedule().epochs() * (pairs.size() / training.schedule().batch()) <= LAST) continue;
			final Stopwatch watch = new Stopwatch(listener);
			try {
				final Path model = folder.model(cell).resolveSibling("plan.clearice");
				Trainer.train(pairs, training, model, watch);
				Files.deleteIfExists(model);
			}
			catch (final TaskCancelledException e) {
				listener.checkCancelled("Contamination study");
			}
			catch (final IOException e) {
				throw OutputException.of(folder.model(cell), e);
			}
			seconds.put(cell.method(), watch.secondsOfTraining());
		}
		return new StudyPlan(seconds, trainings);
	}

	/** Ends a training after some updates. */
	private static final class Stopwatch implements TrainingListener {

		private final TrainingListener listener;
		private TrainingProgress first;
		private TrainingProgress last;

		Stopwatch(final TrainingListener listener) {
			this.listener = listener;
		}

		@Override
		public void updated(final TrainingProgress progress) {
			if (progress.step() == FIRST) first = progress;
			last = progress;
		}

		@Override
		public boolean isCancelled() {
			return listener.isCancelled() || last != null && last.step() >= LAST;
		}

		double secondsOfTraining() {
			if (first == null || last.step() == first.step()) return last == null ? 0 : last.seconds();
			return (last.seconds() - first.seconds()) / (last.step() - first.step()) * last.totalSteps();
		}
	}

	double total() {
		return seconds.entrySet().stream().mapToDouble(entry -> entry.getValue() * trainings.get(entry.getKey())).sum();
	}

	void tell(final TrainingListener listener) {
		if (seconds.isEmpty()) return;
		final StringBuilder line = new StringBuilder("Plan:");
		seconds.forEach((method, time) -> line.append(' ').append(trainings.get(method)).append(" x ").append(method.name())
			.append(' ').append(DurationText.of(time)).append(','));
		listener.message(line + " together about " + DurationText.of(total()) +
			". A stop or a crash loses the training that runs at most.");
	}
}
