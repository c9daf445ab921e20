package io.github.clearice.command;

import io.github.clearice.task.TaskListener;

/**
 * Takes the time of work, for {@link WorkTimes}. What lies outside of its pieces is
 * timed by itself, because it does not grow with the work: the start of a worker and
 * of TensorFlow, reading a structure, writing a map.
 */
final class WorkClock implements TaskListener {

	private final TaskListener told;
	private final long start = System.nanoTime();
	private long inPieces;
	/** 0 outside of pieces. */
	private long pieceBegun;
	private long pieceTotal;
	private long pieceDone;
	private long longest;
	private double share = 1;

	/** @param told hears all that this hears */
	WorkClock(final TaskListener told) {
		this.told = told;
	}

	/** Outside of pieces of work, up to now; 0 where there were none. */
	synchronized double fixedSeconds() {
		return inPieces == 0 ? 0 : secondsSoFar() - inPieces / 1e9;
	}

	/** In pieces of work; where there were none, up to now. */
	synchronized double workSeconds() {
		return inPieces == 0 ? secondsSoFar() : inPieces / 1e9;
	}

	private double secondsSoFar() {
		return (System.nanoTime() - start) / 1e9;
	}

	/** How much of the longest piece of work was done when it ended, 0 to 1: a training may end before its last epoch. */
	synchronized double share() {
		return share;
	}

	@Override
	public void begin(final String task, final long total) {
		synchronized (this) {
			endPiece();
			pieceBegun = System.nanoTime();
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
			endPiece();
		}
		told.end();
	}

	private void endPiece() {
		if (pieceBegun == 0) return;
		final long taken = System.nanoTime() - pieceBegun;
		pieceBegun = 0;
		inPieces += taken;
		if (taken <= longest) return;
		longest = taken;
		share = pieceTotal > 0 && pieceDone > 0 ? Math.min(1, (double) pieceDone / pieceTotal) : 1;
	}

	@Override
	public boolean isCancelled() {
		return told.isCancelled();
	}
}
