package io.github.clearice.fiji.ui;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.StopRequest;

/**
 * Keeps the events of a training and the user's request, for a window that reads it once a second, or not at all.
 */
final class TrainingMonitor implements TrainingListener {

	private final Runnable beginning;
	private TrainingState state = TrainingState.RUNNING;
	private StopRequest stopRequest = StopRequest.NONE;
	private String task = "";
	private long done;
	private long total;
	private TrainingProgress progress;
	private final Curve losses = new Curve();
	private final SearchProgress search = new SearchProgress();
	private Curve validations = new Curve();
	private HistoryEntry best;
	private HistoryEntry last;
	private ValidationSample sample;
	private String remark = "";
	private long changes;

	/** @param beginning is called when a training begins, and again when it goes back or is resumed */
	TrainingMonitor(final Runnable beginning) {
		this.beginning = beginning;
	}

	@Override
	public synchronized void begin(final String newTask, final long newTotal) {
		changes++;
		task = newTask;
		total = newTotal;
		done = 0;
	}

	@Override
	public synchronized void progress(final long newDone) {
		changes++;
		done = newDone;
	}

	@Override
	public synchronized void message(final String line) {
		changes++;
		remark = line;
	}

	@Override
	public void startedAt(final long step) {
		cutAfter(step);
		beginning.run();
	}

	private synchronized void cutAfter(final long step) {
		changes++;
		losses.cutAfter(step);
		validations.cutAfter(step);
		if (step == 0) best = null;
	}

	@Override
	public synchronized void updated(final TrainingProgress now) {
		changes++;
		progress = now;
		done = now.step();
		losses.add(now.step(), now.loss());
	}

	@Override
	public synchronized void validated(final HistoryEntry entry, final ValidationSample newSample) {
		changes++;
		validations.add(entry.step(), entry.validationPsnrDecibel());
		if (best == null || entry.validationPsnrDecibel() > best.validationPsnrDecibel()) best = entry;
		last = entry;
		if (newSample.denoised().size() > 0) sample = newSample;
	}

	@Override
	public synchronized TrainingListener trial(final SearchTrial trial) {
		forget(search.begin(trial));
		return this;
	}

	@Override
	public synchronized void tried(final SearchTrial trial, final double psnrDecibel) {
		search.end(trial, psnrDecibel);
		forget(new Curve());
	}

	/** Clears the curves of a training, because another one begins. */
	private void forget(final Curve nextValidations) {
		changes++;
		losses.cutAfter(-1);
		validations = nextValidations;
		progress = null;
		best = null;
		last = null;
		sample = null;
	}

	/** Replaces the user's request by a stronger one; a request cannot be withdrawn. */
	synchronized void request(final StopRequest newRequest) {
		if (state.isOver() || newRequest.compareTo(stopRequest) <= 0) return;
		changes++;
		stopRequest = newRequest;
		state = switch (newRequest) {
			case FINISH -> TrainingState.FINISHING;
			case STOP -> TrainingState.STOPPING;
			default -> TrainingState.CANCELLING;
		};
	}

	/** Notes that the training has ended. */
	synchronized void ended(final TrainingState how, final String line) {
		changes++;
		state = how;
		remark = line;
	}

	/** Notes that a training that had ended continues. */
	synchronized void resumed() {
		changes++;
		state = TrainingState.RUNNING;
		stopRequest = StopRequest.NONE;
		remark = "";
	}

	synchronized StopRequest stopRequest() {
		return stopRequest;
	}

	/** A number that changes when there is something new to show. */
	synchronized long changes() {
		return changes;
	}

	synchronized TrainingView view() {
		return new TrainingView(state, task, done, total, progress, losses.copy(), validations.copy(), best, last, sample,
			search.view(), remark);
	}
}
