package io.github.clearice.train.log;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners that hear the same training; any of them stops it. */
public final class TrainingListeners implements TrainingListener {

	private final List<TrainingListener> listeners;

	public TrainingListeners(final TrainingListener... listeners) {
		this.listeners = List.of(listeners);
	}

	@Override
	public void begin(final String task, final long total) {
		each(listener -> listener.begin(task, total));
	}

	@Override
	public void progress(final long done) {
		each(listener -> listener.progress(done));
	}

	@Override
	public void progress(final long done, final String detail) {
		each(listener -> listener.progress(done, detail));
	}

	@Override
	public void message(final String line) {
		each(listener -> listener.message(line));
	}

	@Override
	public void end() {
		each(TrainingListener::end);
	}

	@Override
	public boolean isCancelled() {
		return listeners.stream().anyMatch(TrainingListener::isCancelled);
	}

	@Override
	public void startedAt(final long step) {
		each(listener -> listener.startedAt(step));
	}

	@Override
	public void updated(final TrainingProgress progress) {
		each(listener -> listener.updated(progress));
	}

	@Override
	public void validated(final HistoryEntry entry, final ValidationSample sample) {
		each(listener -> listener.validated(entry, sample));
	}

	@Override
	public void checkpointed(final long step, final Path file) {
		each(listener -> listener.checkpointed(step, file));
	}

	@Override
	public TrainingListener trial(final SearchTrial trial) {
		return new TrainingListeners(listeners.stream().map(listener -> listener.trial(trial)).toArray(
			TrainingListener[]::new));
	}

	@Override
	public void tried(final SearchTrial trial, final double psnrDecibel) {
		each(listener -> listener.tried(trial, psnrDecibel));
	}

	@Override
	public boolean isStopRequested() {
		return listeners.stream().anyMatch(TrainingListener::isStopRequested);
	}

	private void each(final Consumer<TrainingListener> call) {
		listeners.forEach(call);
	}
}
