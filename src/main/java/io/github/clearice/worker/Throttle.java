package io.github.clearice.worker;

import java.util.function.LongSupplier;

/** Lets through so much of what comes too often; the last is kept until something newer comes or it is asked for. */
final class Throttle {

	private final long interval;
	private final LongSupplier nanoTime;
	private long passed;
	private boolean any;
	private Runnable waiting;

	/**
	 * @param nanoseconds that lie between two at least
	 * @param nanoTime such as {@link System#nanoTime}
	 */
	Throttle(final long nanoseconds, final LongSupplier nanoTime) {
		this.interval = nanoseconds;
		this.nanoTime = nanoTime;
	}

	/** Does it now or, where the one before was just now, perhaps later. */
	void offer(final Runnable action) {
		final long now = nanoTime.getAsLong();
		waiting = action;
		if (any && now - passed < interval) return;
		any = true;
		passed = now;
		flush();
	}

	/** Does what waits. */
	void flush() {
		final Runnable action = waiting;
		waiting = null;
		if (action != null) action.run();
	}
}
