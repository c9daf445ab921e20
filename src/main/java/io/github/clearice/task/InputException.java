package io.github.clearice.task;

import java.nio.file.Path;

/**
 * A file, a table, a stack, a structure or a model cannot be read, or lacks something that the work needs.
 * <p> Thrown by every reader and by checks that two inputs belong together; {@link ParameterException} is for wrong
 * requests.
 */
public final class InputException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public InputException(final String message) {
		super(message);
	}

	public InputException(final String message, final Throwable cause) {
		super(message, cause);
	}

	/** The usual form: which file, what is wrong with it, what to do. */
	public static InputException of(final Path file, final String problemAndRemedy) {
		return new InputException(file + ": " + problemAndRemedy);
	}

	public static InputException of(final Path file, final String problemAndRemedy, final Throwable cause) {
		return new InputException(file + ": " + problemAndRemedy, cause);
	}

	/**
	 * The form for tables: file, line and column, what is wrong there and what to do.
	 *
	 * @param line counted from 1, or 0 if there is none
	 * @param column label of the column, or null where it is about the whole line
	 */
	public static InputException at(final String file, final int line, final String column,
		final String problemAndRemedy)
	{
		return new InputException(file + (line > 0 ? ", line " + line : "") + (column != null ? ", column " + column : "") +
			": " + problemAndRemedy);
	}

	/** A value from a file, fit for a message of one line: quoted, short, without control characters. */
	public static String quote(final String value) {
		final String start = value.length() > 60 ? value.substring(0, 60) + "..." : value;
		return "'" + start.replaceAll("[^\\p{Print}]", "?") + "'";
	}
}
