package io.github.clearice.train.search;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.train.log.SearchTrial;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingProgress;
import io.github.clearice.train.log.ValidationSample;

/**
 * Stops a training of a search after so many updates, and tells its progress as
 * that of a setting. To cancel a search is to stop it: what it has found stays.
 */
final class TrialListener implements TrainingListener {

	private final TrainingListener search;
	private final SearchTrial trial;
	private final TrainingListener told;
	private long step;
	private boolean updated;

	/** @param search who listens to the search */
	TrialListener(final TrainingListener search, final SearchTrial trial) {
		this.search = search;
		this.trial = trial;
		this.told = search.trial(trial);
	}

	@Override
	public void begin(final String task, final long total) {
		search.begin(trial.toString(), trial.updates());
	}

	@Override
	public void progress(final long done) {
		search.progress(done);
	}

	@Override
	public void end() {
		search.end();
	}

	@Override
	public void startedAt(final long newStep) {
		step = newStep;
		told.startedAt(newStep);
	}

	@Override
	public void updated(final TrainingProgress progress) {
		step = progress.step();
		updated = true;
		told.updated(progress);
	}

	@Override
	public void validated(final HistoryEntry entry, final ValidationSample sample) {
		told.validated(entry, sample);
	}

	@Override
	public boolean isStopRequested() {
		return step >= trial.updates() || search.isStopRequested() || search.isCancelled();
	}

	/** Whether the training has come to make an update. */
	boolean isUpdated() {
		return updated;
	}

	/** Whether it ended before its updates because somebody asked for it. */
	boolean isStoppedEarly() {
		return step < trial.updates() && (search.isStopRequested() || search.isCancelled());
	}
}
