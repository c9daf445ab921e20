package io.github.clearice.command;

import io.github.clearice.task.TaskListener;

/**
 * Takes the time of work, for {@link WorkTimes}. The start of a worker and of
 * TensorFlow, before the first piece of work begins, is timed by itself, because it
 * does not grow with the work.
 */
final class WorkClock implements TaskListener {

	private final TaskListener told;
	private final long start = System.nanoTime();
	private long begun;
	private long pieceBegun;
	private long pieceTotal;
	private long pieceDone;
	private long longest;
	private double share = 1;

	/** @param told hears all that this hears */
	WorkClock(final TaskListener told) {
		this.told = told;
	}

	/** Before the first piece of work began. */
	synchronized double startSeconds() {
		return begun == 0 ? 0 : (begun - start) / 1e9;
	}

	/** Since the first piece of work began. */
	synchronized double workSeconds() {
		return (System.nanoTime() - (begun == 0 ? start : begun)) / 1e9;
	}

	/** How much of the longest piece of work was done when it ended, 0 to 1: a training may end before its last epoch. */
	synchronized double share() {
		return share;
	}

	@Override
	public void begin(final String task, final long total) {
		synchronized (this) {
			pieceBegun = System.nanoTime();
			if (begun == 0) begun = pieceBegun;
			pieceTotal = total;
			pieceDone = 0;
		}
		told.begin(task, total);
	}

	@Override
	public void progress(final long done) {
		progress(done, "");
	}

	@Override
	public void progress(final long done, final String detail) {
		synchronized (this) {
			pieceDone = Math.max(pieceDone, done);
		}
		told.progress(done, detail);
	}

	@Override
	public void message(final String line) {
		told.message(line);
	}

	@Override
	public void end() {
		synchronized (this) {
			final long taken = System.nanoTime() - pieceBegun;
			if (taken > longest) {
				longest = taken;
				share = pieceTotal > 0 && pieceDone > 0 ? Math.min(1, (double) pieceDone / pieceTotal) : 1;
			}
		}
		told.end();
	}

	@Override
	public boolean isCancelled() {
		return told.isCancelled();
	}
}
