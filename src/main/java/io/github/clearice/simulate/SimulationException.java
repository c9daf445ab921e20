package io.github.clearice.simulate;

import io.github.clearice.task.ClearIceException;

/** Particles cannot be simulated as asked. */
public final class SimulationException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public SimulationException(final String message) {
		super(message);
	}

	public SimulationException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
