package io.github.clearice.fiji.ui;

import ij.IJ;

import io.github.clearice.task.DurationText.RemainingTime;
import io.github.clearice.task.TaskListener;

/** Shows progress in the status bar of an ImageJ without SciJava; the Esc key cancels. */
public final class ProgressBarListener implements TaskListener {

	private volatile RemainingTime work = new RemainingTime("", 0, 0);

	@Override
	public void begin(final String name, final long steps) {
		IJ.resetEscape();
		work = new RemainingTime(name, steps, System.nanoTime());
		progress(0);
	}

	@Override
	public void progress(final long done) {
		progress(done, "");
	}

	@Override
	public void progress(final long done, final String detail) {
		final RemainingTime now = work;
		IJ.showStatus(now.describe(done, detail, System.nanoTime()));
		if (now.total() > 0) IJ.showProgress((double) done / now.total());
	}

	@Override
	public void message(final String line) {
		IJ.log(line);
	}

	@Override
	public void end() {
		IJ.showProgress(1.0);
		IJ.showStatus("");
	}

	@Override
	public boolean isCancelled() {
		return IJ.escapePressed();
	}
}
