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

	/** A value from a file, fit for a message of one line: quoted, short, without control characters. */
	static String quote(final String value) {
		final String start = value.length() > 60 ? value.substring(0, 60) + "..." : value;
		return "'" + start.replaceAll("[^\\p{Print}]", "?") + "'";
	}
}
