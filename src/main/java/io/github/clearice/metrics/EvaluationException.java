package io.github.clearice.metrics;

import io.github.clearice.task.ClearIceException;

/** Images cannot be compared. */
public final class EvaluationException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public EvaluationException(final String message) {
		super(message);
	}
}
