package io.github.clearice.model;

import io.github.clearice.task.ClearIceException;

/** A model file cannot be read, or does not suit the particles. */
public final class ModelException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public ModelException(final String message) {
		super(message);
	}

	public ModelException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
