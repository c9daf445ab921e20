package io.github.clearice.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Computes batches of neighbouring items on several threads and hands them over
 * in their order, while later ones are being computed. Never more than a few
 * batches are in memory.
 *
 * @param <B> the buffers of a batch, used again and again
 */
public final class OrderedBatches<B> {

	/** The work on items {@code first .. end - 1} of one batch. */
	@FunctionalInterface
	public interface Step<B> {

		void run(B buffers, int first, int end);
	}

	private record Pending<B>(B buffers, int first, int end, Future<?> work) {}

	private final String task;
	private final Supplier<B> buffers;
	private final Step<B> compute;
	private final Step<B> consume;

	/**
	 * @param task names the threads, and the work in the message of an interruption
	 * @param compute called by several threads, each with its own buffers
	 * @param consume called by the caller's thread, in order
	 */
	public OrderedBatches(final String task, final Supplier<B> buffers, final Step<B> compute, final Step<B> consume) {
		this.task = task;
		this.buffers = buffers;
		this.compute = compute;
		this.consume = consume;
	}

	/**
	 * Runs the items {@code from .. count-1}. The first error ends the work and is rethrown after the running items have
	 * finished.
	 */
	public void run(final int from, final int count, final int batch, final int threads) {
		final ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
			final Thread thread = new Thread(work, "ClearIce: " + task);
			thread.setDaemon(true);
			return thread;
		});
		final Deque<Pending<B>> pending = new ArrayDeque<>();
		try {
			int next = from;
			// One batch more than threads, so that none idles while the caller consumes.
			while (next < count && pending.size() <= threads) {
				next = submit(pool, pending, buffers.get(), next, batch, count);
			}
			while (!pending.isEmpty()) {
				final Pending<B> oldest = pending.remove();
				oldest.work.get();
				consume.run(oldest.buffers, oldest.first, oldest.end);
				if (next < count) next = submit(pool, pending, oldest.buffers, next, batch, count);
			}
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TaskCancelledException(task);
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof Error error) throw error;
			throw (RuntimeException) e.getCause();
		}
		finally {
			pool.shutdownNow();
			awaitEnd(pool);
		}
	}

	/** Computing a batch takes a moment: afterwards no thread still runs. */
	private static void awaitEnd(final ExecutorService pool) {
		try {
			pool.awaitTermination(1, TimeUnit.MINUTES);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private int submit(final ExecutorService pool, final Deque<Pending<B>> pending, final B free, final int first,
		final int batch, final int count)
	{
		final int end = (int) Math.min(count, (long) first + batch);
		pending.add(new Pending<>(free, first, end, pool.submit(() -> compute.run(free, first, end))));
		return end;
	}
}
