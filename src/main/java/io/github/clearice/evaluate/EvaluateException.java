package io.github.clearice.evaluate;

import io.github.clearice.task.ClearIceException;

/** Images cannot be compared. */
public final class EvaluateException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public EvaluateException(final String message) {
		super(message);
	}
}
