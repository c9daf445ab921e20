package io.github.clearice.structure;

import io.github.clearice.task.ClearIceException;

/** A structure file that cannot be read, a selection without atoms, or a map that does not fit its box. */
public final class StructureException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public StructureException(final String message) {
		super(message);
	}

	public StructureException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
