package io.github.clearice.star;

import io.github.clearice.task.ClearIceException;

/** A STAR file cannot be read, or what it says cannot be used. */
public final class StarException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public StarException(final String message) {
		super(message);
	}

	public StarException(final String message, final Throwable cause) {
		super(message, cause);
	}

	/**
	 * The usual form: file, line and column, what is wrong there and what to do.
	 *
	 * @param line counted from 1, or 0 where there is none
	 * @param column label of the column, or null where it is about the whole line
	 */
	static StarException at(final String file, final int line, final String column, final String problemAndRemedy) {
		return new StarException(file + (line > 0 ? ", line " + line : "") + (column != null ? ", column " + column : "") +
			": " + problemAndRemedy);
	}
}
