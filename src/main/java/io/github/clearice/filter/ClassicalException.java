package io.github.clearice.filter;

import io.github.clearice.task.ClearIceException;

/** A classical denoiser cannot work on these particles or with these parameters. */
public final class ClassicalException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public ClassicalException(final String message) {
		super(message);
	}
}
