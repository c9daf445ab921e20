package io.github.clearice.train;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.util.ArrayList;
import java.util.List;

/** Stops or cancels after a number of updates, and records the events. */
public class Recorder implements TrainingListener {

	private final long stopAfter;
	private final long cancelAfter;
	public final List<TrainingProgress> updates = new ArrayList<>();
	final List<HistoryEntry> validations = new ArrayList<>();
	public final List<String> messages = new ArrayList<>();
	public final List<Long> starts = new ArrayList<>();

	/** Hears all to the end. */
	public Recorder() {
		this(Long.MAX_VALUE, Long.MAX_VALUE);
	}

	public Recorder(final long stopAfter, final long cancelAfter) {
		this.stopAfter = stopAfter;
		this.cancelAfter = cancelAfter;
	}

	@Override
	public void startedAt(final long step) {
		starts.add(step);
	}

	@Override
	public void updated(final TrainingProgress progress) {
		updates.add(progress);
	}

	@Override
	public void validated(final HistoryEntry entry, final ValidationSample sample) {
		validations.add(entry);
	}

	@Override
	public synchronized void message(final String line) {
		messages.add(line);
	}

	@Override
	public boolean isStopRequested() {
		return updates.size() >= stopAfter;
	}

	@Override
	public boolean isCancelled() {
		return updates.size() >= cancelAfter;
	}
}
