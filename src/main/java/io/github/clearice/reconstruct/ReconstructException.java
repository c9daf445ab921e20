package io.github.clearice.reconstruct;

import io.github.clearice.task.ClearIceException;

/** Particles cannot be reconstructed or matched, or volumes not compared. */
public final class ReconstructException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public ReconstructException(final String message) {
		super(message);
	}
}
