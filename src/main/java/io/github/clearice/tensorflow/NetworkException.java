package io.github.clearice.tensorflow;

import io.github.clearice.task.ClearIceException;

/** A network cannot be built or run: a box it cannot take, a missing device, a missing native library. */
public final class NetworkException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public NetworkException(final String message) {
		super(message);
	}

	public NetworkException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
