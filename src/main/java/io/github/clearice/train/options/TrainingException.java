package io.github.clearice.train.options;

import io.github.clearice.task.ClearIceException;

/** A training cannot start or go on: options, data or a loss that is no number. */
public final class TrainingException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public TrainingException(final String message) {
		super(message);
	}

	public TrainingException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
