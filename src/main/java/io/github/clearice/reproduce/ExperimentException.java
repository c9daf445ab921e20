package io.github.clearice.reproduce;

import io.github.clearice.task.ClearIceException;

/** An experiment cannot be run; the message says what is wrong, where, and what to do. */
public final class ExperimentException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	ExperimentException(final String message) {
		super(message);
	}
}
