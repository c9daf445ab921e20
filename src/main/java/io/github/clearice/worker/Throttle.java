package io.github.clearice.worker;

/** Lets through so much of what comes too often; the last is kept until something newer comes or it is asked for. */
final class Throttle {

	private final long interval;
	private long passed;
	private boolean any;
	private Runnable waiting;

	/** @param nanoseconds that lie between two at least */
	Throttle(final long nanoseconds) {
		this.interval = nanoseconds;
	}

	/** Does it now or, where the one before was just now, perhaps later. */
	void offer(final Runnable action) {
		final long now = System.nanoTime();
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
