package io.github.clearice.worker;

import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.TrainingListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs a verb in a Java process of its own and passes on what it tells. When this
 * process ends, however that comes, the worker stops too.
 */
public final class Worker {

	/** System property: {@code false} lets training and networks run in Fiji's own process. */
	public static final String WANTED = "clearice.worker";

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
		final Path scratch = makeScratch();
		try {
			return new WorkerRun(task, scratch, listener, stopRequest).go(java);
		}
		finally {
			delete(scratch);
		}
	}

	private static Path makeScratch() {
		try {
			return Files.createTempDirectory("clearice-worker-");
		}
		catch (final IOException e) {
			throw new WorkerException("There is no place for temporary files: " + e.getMessage() +
				". Free space in " + System.getProperty("java.io.tmpdir") + ".", e);
		}
	}

	private static void delete(final Path scratch) {
		try (Stream<Path> files = Files.list(scratch)) {
			final List<Path> left = files.toList();
			for (final Path file : left) Files.deleteIfExists(file);
			Files.deleteIfExists(scratch);
		}
		catch (final IOException e) {
			// A few small files in the folder for temporary ones are the system's to delete.
		}
	}
}
