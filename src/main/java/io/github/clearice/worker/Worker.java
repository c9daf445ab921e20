package io.github.clearice.worker;

import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.log.TrainingListener;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a verb in another Java process and passes on what it tells. The process
 * waits for the next verb afterwards. When this process ends, however that comes,
 * the worker stops too.
 */
public final class Worker {

	/** System property: {@code false} lets training and networks run in Fiji's own process. */
	public static final String WANTED = "clearice.worker";

	private static final WorkerPool POOL = new WorkerPool();

	private final WorkerJava java;

	public Worker(final WorkerJava java) {
		this.java = java;
	}

	/** Whether training and networks are to run in workers: yes, unless {@value #WANTED} says no. */
	public static boolean isWanted() {
		return !"false".equals(System.getProperty(WANTED));
	}

	/** As {@link #run(WorkerTask, TrainingListener, Supplier)}, with the stop requests of the listener itself. */
	public String run(final WorkerTask task, final TrainingListener listener) {
		return run(task, listener, () -> StopRequest.of(listener));
	}

	/**
	 * Runs a verb to its end. An interrupt of this thread cancels it.
	 *
	 * @param listener hears what it tells, on another thread
	 * @param stopRequest what the user wants now; asked some times a second
	 * @return what the verb reports
	 * @throws WorkerException if it is refused, fails, or its process dies
	 * @throws TaskCancelledException if it was cancelled; nothing is left of it then
	 */
	public String run(final WorkerTask task, final TrainingListener listener, final Supplier<StopRequest> stopRequest) {
		Optional<String> report;
		do {
			final WorkerProcess process = POOL.take(java);
			try {
				report = new WorkerRun(task, process, listener, stopRequest).go();
			}
			finally {
				POOL.giveBack(process);
			}
			// A process that died while it waited has done nothing of this: a new one takes its place.
		}
		while (report.isEmpty());
		return report.get();
	}
}
