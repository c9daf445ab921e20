package io.github.clearice.command;

import io.github.clearice.task.TaskListener;

import org.scijava.Cancelable;
import org.scijava.app.StatusService;

import ij.IJ;

/** Shows progress in Fiji's status bar and passes on a request to cancel, such as by the Esc key. */
final class StatusBarListener implements TaskListener {

	private static final String WARNING = "Warning";

	private final StatusService status;
	private final Cancelable command;
	private volatile String task = "";
	private volatile long total;

	/** @param status may be null: then nothing is shown */
	StatusBarListener(final StatusService status, final Cancelable command) {
		this.status = status;
		this.command = command;
		IJ.resetEscape();
	}

	@Override
	public void begin(final String name, final long steps) {
		task = name;
		total = steps;
		progress(0);
	}

	@Override
	public void progress(final long done) {
		if (status == null) return;
		final int permille = total > 0 ? (int) (1000 * done / total) : 0;
		status.showStatus(permille, 1000, task);
	}

	/** The next progress wipes the status bar: a warning stays in the Log window. */
	@Override
	public void message(final String line) {
		if (status != null) status.showStatus(line);
		if (line.startsWith(WARNING)) IJ.log(line);
	}

	@Override
	public void end() {
		if (status != null) status.clearStatus();
	}

	@Override
	public boolean isCancelled() {
		return command.isCanceled() || IJ.escapePressed();
	}
}
