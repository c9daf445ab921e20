package io.github.clearice.micrograph;

import io.github.clearice.task.ClearIceException;

/** A micrograph is not what it must be, or something cannot be done with it. */
public final class MicrographException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public MicrographException(final String message) {
		super(message);
	}
}
