package io.github.clearice.task;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One thread that does small jobs in their order, such as reading and writing, while others compute. */
public final class BackgroundThread implements AutoCloseable {

	private final String task;
	private final ExecutorService thread;

	/** @param task whose messages speak of this work, and which names the thread */
	public BackgroundThread(final String task) {
		this.task = task;
		this.thread = Executors.newSingleThreadExecutor(work -> {
			final Thread made = new Thread(work, task);
			made.setDaemon(true);
			return made;
		});
	}

	/** Queues a job. */
	public <T> Future<T> submit(final Callable<T> job) {
		return thread.submit(job);
	}

	/**
	 * Waits for a job and rethrows its exception.
	 *
	 * @throws TaskCancelledException if this thread is interrupted
	 */
	public <T> T await(final Future<T> job) {
		try {
			return job.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TaskCancelledException(task);
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof Error failure) throw failure;
			if (e.getCause() instanceof RuntimeException failure) throw failure;
			throw new IllegalStateException(e.getCause());
		}
	}

	/** Drops queued jobs and returns when the running job is done, so that its files can be closed. */
	@Override
	public void close() {
		thread.shutdownNow();
		boolean interrupted = false;
		while (true) {
			try {
				if (thread.awaitTermination(1, TimeUnit.MINUTES)) break;
			}
			catch (final InterruptedException e) {
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
