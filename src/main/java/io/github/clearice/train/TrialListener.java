package io.github.clearice.train;

/**
 * Stops a training of a search after so many updates, and tells its progress as
 * that of a setting. To cancel a search is to stop it: what it has found stays.
 */
final class TrialListener implements TrainingListener {

	private final TrainingListener search;
	private final long updates;
	private final String name;
	private long step;
	private boolean updated;

	/**
	 * @param search who listens to the search
	 * @param updates to stop after
	 * @param name of the trial
	 */
	TrialListener(final TrainingListener search, final long updates, final String name) {
		this.search = search;
		this.updates = updates;
		this.name = name;
	}

	@Override
	public void begin(final String task, final long total) {
		search.begin(name, updates);
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
	}

	@Override
	public void updated(final TrainingProgress progress) {
		step = progress.step();
		updated = true;
	}

	@Override
	public boolean isStopRequested() {
		return step >= updates || search.isStopRequested() || search.isCancelled();
	}

	/** Whether the training has come to make an update. */
	boolean isUpdated() {
		return updated;
	}

	/** Whether it ended before its updates because somebody wished so. */
	boolean isStoppedEarly() {
		return step < updates && (search.isStopRequested() || search.isCancelled());
	}
}
