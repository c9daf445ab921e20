package io.github.clearice.worker;

import java.util.Timer;
import java.util.TimerTask;

/**
 * Keeps the process that has done the last task for the next one: its Java is warm,
 * TensorFlow loaded, and the last model ready. It ends when nobody has wanted it for
 * some minutes.
 */
final class WorkerPool {

	/** System property: so many seconds a process waits for the next task; 0 ends it after each. */
	static final String IDLE = "clearice.worker.idle";

	private static final long DEFAULT_IDLE_SECONDS = 600;
	private static final Timer TIMER = new Timer("idle-worker", true);

	private WorkerProcess waiting;
	private TimerTask end;

	/** The process that waits, or a new one. */
	WorkerProcess take(final WorkerJava java) {
		final WorkerProcess found = takeWaiting();
		if (found != null && found.isReady() && found.java().equals(java)) return found;
		if (found != null) found.close();
		return new WorkerProcess(java);
	}

	private synchronized WorkerProcess takeWaiting() {
		final WorkerProcess found = waiting;
		waiting = null;
		if (end != null) end.cancel();
		return found;
	}

	/** Takes back a process that is not needed now, or has died. */
	void giveBack(final WorkerProcess process) {
		final long milliseconds = 1000 * Long.getLong(IDLE, DEFAULT_IDLE_SECONDS);
		if (milliseconds <= 0 || !process.isReady()) {
			process.close();
			return;
		}
		final WorkerProcess other = takeWaiting();
		if (other != null) other.close();
		keep(process, milliseconds);
	}

	private synchronized void keep(final WorkerProcess process, final long milliseconds) {
		waiting = process;
		end = new TimerTask() {

			@Override
			public void run() {
				release(process);
			}
		};
		TIMER.schedule(end, milliseconds);
	}

	private void release(final WorkerProcess process) {
		synchronized (this) {
			if (waiting != process) return;
			waiting = null;
		}
		process.close();
	}
}
