package io.github.clearice.command;

import io.github.clearice.task.TaskListener;

import ij.IJ;

/** Shows progress in the status bar of an ImageJ without SciJava; the Esc key cancels. */
final class ProgressBarListener implements TaskListener {

	private volatile String task = "";
	private volatile long total;

	@Override
	public void begin(final String name, final long steps) {
		IJ.resetEscape();
		task = name;
		total = steps;
		progress(0);
	}

	@Override
	public void progress(final long done) {
		IJ.showStatus(task);
		if (total > 0) IJ.showProgress((double) done / total);
	}

	@Override
	public void progress(final long done, final String detail) {
		progress(done);
		IJ.showStatus(task + ": " + detail);
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
