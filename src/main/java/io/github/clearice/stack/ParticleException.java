package io.github.clearice.stack;

import io.github.clearice.task.ClearIceException;

/** A particle stack is not what it must be, or two stacks do not belong together. */
public final class ParticleException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public ParticleException(final String message) {
		super(message);
	}

	public ParticleException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
