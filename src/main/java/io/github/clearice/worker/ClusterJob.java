package io.github.clearice.worker;

import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.log.TrainingListener;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A verb that a program of the user's has done elsewhere, such as {@code clearice-spark} on a cluster: its events are
 * followed, and a cancel ends it.
 */
public final class ClusterJob {

	private static final long POLL_MILLISECONDS = 100;
	/** So long a job may take to end when it is cancelled: it gives its machines back. */
	private static final long SECONDS_TO_CANCEL = 30;
	private static final String EVENTS = "progress=json";

	private final Process process;
	private final EventReader events;
	private final Thread out;
	private final Thread err;
	private volatile String lastRemark = "";
	private volatile RuntimeException failure;

	private ClusterJob(final Process process, final TrainingListener listener) {
		this.process = process;
		events = new EventReader(listener);
		out = WorkerProcess.pass(process.getInputStream(), this::hear);
		err = WorkerProcess.pass(process.getErrorStream(), line -> {
			if (!line.isBlank()) lastRemark = line.strip();
		});
	}

	/**
	 * Starts a program and follows it to its end. When this process ends before, the job goes on.
	 *
	 * @param line the program, and words that have it run a verb of the launcher
	 * @param listener hears of the work, on another thread, and may cancel it
	 * @return the verb's report
	 * @throws WorkerException if the program cannot be started, refuses, or fails
	 * @throws TaskCancelledException if it was cancelled
	 */
	public static String run(final List<String> line, final TrainingListener listener) {
		final List<String> words = new ArrayList<>(line);
		words.add(EVENTS);
		final Process process;
		try {
			process = new ProcessBuilder(words).start();
			process.getOutputStream().close();
		}
		catch (final IOException e) {
			throw new WorkerException("The job for the cluster could not be started (" + e.getMessage() +
				"). Check the name of the program.", e);
		}
		return new ClusterJob(process, listener).follow(listener);
	}

	private String follow(final TrainingListener listener) {
		try {
			while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) if (listener.isCancelled()) {
				end();
				throw new TaskCancelledException("The job on the cluster");
			}
			out.join();
			err.join();
			return result();
		}
		catch (final InterruptedException e) {
			process.destroy();
			Thread.currentThread().interrupt();
			throw new TaskCancelledException("The job on the cluster");
		}
	}

	/** A listener that fails must not keep the job waiting with a full pipe. */
	private void hear(final String line) {
		try {
			events.accept(line);
		}
		catch (final RuntimeException e) {
			if (failure == null) failure = e;
		}
	}

	/** The program may be a script, which does not pass the signal on. */
	private void end() throws InterruptedException {
		final List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
		all.add(process.toHandle());
		all.forEach(ProcessHandle::destroy);
		if (process.waitFor(SECONDS_TO_CANCEL, TimeUnit.SECONDS)) return;
		all.forEach(ProcessHandle::destroyForcibly);
		process.waitFor();
	}

	private String result() {
		if (failure != null) throw failure;
		if (events.isCancelled()) throw new TaskCancelledException("The job on the cluster");
		final String line = events.error().orElse(null);
		if (line != null) throw new WorkerException(line, false);
		if (!events.isComplete()) throw new WorkerException("The job on the cluster ended with exit code " + process
			.exitValue() + (lastRemark.isEmpty() ? "" : "; the last line of its output: " + lastRemark.replaceFirst(
				"[.\\s]+$", "")) + ". Run its line in a terminal to see all that it says.", true);
		return events.report();
	}
}
