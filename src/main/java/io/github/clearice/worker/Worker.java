package io.github.clearice.worker;

import io.github.clearice.task.Leftovers;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.log.TrainingListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a verb in another Java process and passes on its messages. The process
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
	 * @param listener gets its messages, on another thread
	 * @param stopRequest the user's current request; read several times a second
	 * @return the verb's report
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
			// A process that died while waiting has not begun this task: a new one replaces it.
		}
		while (report.isEmpty());
		return report.get();
	}

	/**
	 * Keeps the process that has done the last task for the next one: its Java is warm,
	 * TensorFlow loaded, and the last model ready. It ends when nobody has wanted it for
	 * some minutes.
	 */
	static final class WorkerPool {

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

	/** One task of a worker from its start to its end. */
	static final class WorkerRun {

		private static final String STARTING = "Starting the process for the network";
		private static final long POLL_MILLISECONDS = 100;
		/** So long a worker may take to clean up when it is cancelled. */
		private static final long SECONDS_TO_CANCEL = 10;

		private final WorkerTask task;
		private final WorkerProcess process;
		private final TrainingListener listener;
		private final EventReader events;
		private final Supplier<StopRequest> stopRequest;
		private final Instant start = Instant.now();
		private final CountDownLatch complete = new CountDownLatch(1);
		private StopRequest told = StopRequest.NONE;
		private volatile boolean heard;
		private volatile RuntimeException failure;

		WorkerRun(final WorkerTask task, final WorkerProcess process, final TrainingListener listener,
			final Supplier<StopRequest> stopRequest)
		{
			this.task = task;
			this.process = process;
			this.listener = listener;
			this.events = new EventReader(listener);
			this.stopRequest = stopRequest;
		}

		/** @return the verb's report; empty if the waiting process had died before it began */
		Optional<String> go() {
			// Java and TensorFlow take seconds to start, in which a user should see that something happens.
			if (!process.isUsed()) listener.begin(STARTING, 0);
			process.begin(task, this::hear);
			try {
				while (!complete.await(POLL_MILLISECONDS, TimeUnit.MILLISECONDS) && !process.isDead()) tell();
				// Its last events may have come while its death was noticed.
				if (events.isComplete()) process.finish();
				return result();
			}
			catch (final InterruptedException e) {
				told = StopRequest.CANCEL;
				process.kill();
				clean();
				Thread.currentThread().interrupt();
				throw new TaskCancelledException(task.verb());
			}
		}

		/** A listener that fails must not keep the process waiting with a full pipe. */
		private void hear(final String line) {
			try {
				if (!heard && !process.isUsed()) listener.end();
				heard = true;
				events.accept(line);
			}
			catch (final RuntimeException e) {
				if (failure == null) failure = e;
			}
			if (events.isComplete()) complete.countDown();
		}

		private void tell() throws InterruptedException {
			final StopRequest now = stopRequest.get();
			if (now.compareTo(told) <= 0) return;
			told = now;
			process.send(now.word());
			if (now == StopRequest.CANCEL && !complete.await(SECONDS_TO_CANCEL, TimeUnit.SECONDS)) process.kill();
		}

		private Optional<String> result() throws InterruptedException {
			if (!events.isComplete()) {
				final String death = process.describeDeath();
				clean();
				if (told == StopRequest.CANCEL) throw new TaskCancelledException(task.verb());
				if (!heard && process.isUsed()) return Optional.empty();
				if (failure != null) throw failure;
				throw new WorkerException("The process that ran " + task.verb() + " for ClearIce " + death +
					" Nothing else is harmed.", true);
			}
			if (failure != null) throw failure;
			if (events.isCancelled()) throw new TaskCancelledException(task.verb());
			events.error().ifPresent(line -> {
				throw new WorkerException(line, false);
			});
			return Optional.of(events.report());
		}

		/** Deletes the leftovers of a process that could not clean up itself. */
		private void clean() {
			try {
				task.outputs().stream().map(output -> output.toAbsolutePath().getParent()).filter(Objects::nonNull).distinct()
					.forEach(Leftovers::remove);
				if (told != StopRequest.CANCEL) return;
				for (final Path file : task.discarded()) {
					if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isAfter(start)) Files.delete(file);
				}
			}
			catch (final IOException e) {
				throw OutputException.of(task.outputs().get(0), e);
			}
		}
	}
}
