package io.github.clearice.prepare;

import io.github.clearice.task.ClearIceException;

/** Particles cannot be prepared as asked for. */
public final class PrepareException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public PrepareException(final String message) {
		super(message);
	}
}
