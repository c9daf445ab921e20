package io.github.clearice.task;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Runs the steps {@code 0 .. count-1} on all cores.
 * <p>
 * Each thread gets a worker of its own, so that buffers and transforms need no
 * locks; steps are handed out in small runs of neighbours. A step must not
 * depend on which thread runs it: then results are the same whatever the number
 * of threads.
 */
public final class ParallelLoop {

	/** The work of one thread on one step. */
	@FunctionalInterface
	public interface Worker {

		void run(long step);
	}

	private static volatile int limit;

	private ParallelLoop() {}

	/** Sets how many threads work at once in this process; 0, the default, for as many as there are processors. */
	public static void limit(final int threads) {
		if (threads < 0) throw new IllegalArgumentException("There must be at least 1 thread.");
		limit = threads;
	}

	/** The limit that was set; 0 where there is none. */
	public static int limit() {
		return limit;
	}

	/** How many threads are to work at once. */
	public static int threads() {
		return limit == 0 ? Runtime.getRuntime().availableProcessors() : limit;
	}

	/** Runs all steps on {@link #threads()} threads. */
	public static void run(final long count, final int chunk, final IntFunction<Worker> workers) {
		run(count, chunk, threads(), workers);
	}

	/**
	 * Runs all steps and returns when the last is done. The first error ends the loop and is rethrown when all threads
	 * have stopped, so that the caller can close the inputs.
	 *
	 * @param count number of steps
	 * @param chunk neighbouring steps handed out together, at least 1
	 * @param threads number of threads, at least 1
	 * @param workers makes the worker of thread {@code 0 .. threads-1}
	 */
	public static void run(final long count, final int chunk, final int threads, final IntFunction<Worker> workers) {
		if (chunk < 1 || threads < 1) throw new IllegalArgumentException("chunk and threads must be at least 1.");
		final AtomicLong next = new AtomicLong();
		final int used = (int) Math.max(1, Math.min(threads, (count + chunk - 1) / chunk));
		if (used == 1) {
			drain(next, count, chunk, workers.apply(0));
			return;
		}
		final ForkJoinPool pool = new ForkJoinPool(used);
		final List<ForkJoinTask<?>> tasks = new ArrayList<>();
		try {
			for (int t = 0; t < used; t++) {
				final int thread = t;
				tasks.add(pool.submit(() -> {
					try {
						drain(next, count, chunk, workers.apply(thread));
					}
					catch (final RuntimeException | Error failure) {
						next.set(count);
						throw failure;
					}
				}));
			}
			for (final ForkJoinTask<?> task : tasks) task.get();
		}
		catch (final InterruptedException e) {
			next.set(count);
			Thread.currentThread().interrupt();
			throw new TaskCancelledException("The work");
		}
		catch (final ExecutionException e) {
			throw unwrap(e);
		}
		finally {
			tasks.forEach(ForkJoinTask::quietlyJoin);
			pool.shutdown();
		}
	}

	private static void drain(final AtomicLong next, final long count, final int chunk, final Worker worker) {
		while (true) {
			final long first = next.getAndAdd(chunk);
			if (first >= count) return;
			final long end = Math.min(count, first + chunk);
			for (long step = first; step < end; step++) worker.run(step);
		}
	}

	private static RuntimeException unwrap(final ExecutionException e) {
		Throwable cause = e.getCause();
		// The pool wraps a failure of another thread in a copy of itself: the original carries the message.
		while (cause.getCause() != null && cause.getCause().getClass() == cause.getClass()) cause = cause.getCause();
		if (cause instanceof Error) throw (Error) cause;
		return (RuntimeException) cause;
	}
}
