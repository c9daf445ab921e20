package io.github.clearice.worker;

import io.github.clearice.task.ClearIceException;

/** A worker refused its work, failed, or died. */
public final class WorkerException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	private final boolean dead;

	/** @param dead whether the process ended without a word of its own, as in a crash of native code */
	public WorkerException(final String message, final boolean dead) {
		super(message);
		this.dead = dead;
	}

	public WorkerException(final String message, final Throwable cause) {
		super(message, cause);
		this.dead = false;
	}

	/** Whether the process ended without an error message, so that the same work may succeed a second time. */
	public boolean isDead() {
		return dead;
	}
}
