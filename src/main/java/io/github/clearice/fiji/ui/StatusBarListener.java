package io.github.clearice.fiji.ui;

import ij.IJ;

import io.github.clearice.command.Desktop;
import io.github.clearice.task.DurationText.RemainingTime;

import java.util.concurrent.atomic.AtomicLong;

import org.scijava.Cancelable;
import org.scijava.app.StatusService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

/**
 * Shows progress in Fiji's status bar and among its tasks, and passes on a request to cancel: by the Esc key, by the
 * cross beside the task, or of the command.
 */
public final class StatusBarListener implements Desktop.Progress {

	private static final String WARNING = "Warning";
	private static final long RENEW_NANOSECONDS = 100_000_000L;

	private final StatusService status;
	private final Task task;
	private final Cancelable command;
	private final AtomicLong shown = new AtomicLong(System.nanoTime() - RENEW_NANOSECONDS);
	private volatile RemainingTime work = new RemainingTime("", 0, 0);

	/**
	 * @param status may be null: then the status bar shows nothing
	 * @param tasks may be null: then there is no task
	 * @param name of the task
	 */
	public StatusBarListener(final StatusService status, final TaskService tasks, final String name,
		final Cancelable command) {
		this.status = status;
		this.task = tasks == null ? null : tasks.createTask(name);
		this.command = command;
		IJ.resetEscape();
		if (task != null) task.start();
	}

	@Override
	public void begin(final String name, final long steps) {
		work = new RemainingTime(name, steps, System.nanoTime());
		if (task != null) task.setProgressMaximum(steps);
		show(0, "");
	}

	@Override
	public void progress(final long done) {
		progress(done, "");
	}

	/** Showing each particle would keep Fiji busy. */
	@Override
	public void progress(final long done, final String detail) {
		final long now = System.nanoTime();
		final long last = shown.get();
		if (now - last >= RENEW_NANOSECONDS && shown.compareAndSet(last, now)) show(done, detail);
	}

	private void show(final long done, final String detail) {
		final RemainingTime now = work;
		final String line = now.describe(done, detail, System.nanoTime());
		if (status != null) status.showStatus(now.total() > 0 ? (int) (1000 * done / now.total()) : 0, 1000, line);
		if (task == null) return;
		task.setStatusMessage(line);
		task.setProgressValue(done);
	}

	/** The next progress wipes the status bar: a warning stays in the Log window. */
	@Override
	public void message(final String line) {
		if (status != null) status.showStatus(line);
		if (line.startsWith(WARNING)) IJ.log(line);
	}

	@Override
	public void end() {
		if (status == null) return;
		// ImageJ's bar stays until it is set to full.
		status.showProgress(1, 1);
		status.clearStatus();
	}

	/** The work is over: its task disappears. */
	@Override
	public void close() {
		if (task != null) task.finish();
	}

	@Override
	public boolean isCancelled() {
		return command.isCanceled() || IJ.escapePressed() || task != null && task.isCanceled();
	}
}
