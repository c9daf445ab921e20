package io.github.clearice.task;

/**
 * Root of every error that ClearIce reports on purpose.
 * <p>
 * The message is one line that says what is wrong, where (file, offset, value)
 * and what to do about it; it is shown to the user unchanged. Each domain has
 * one subclass, such as {@code InputException} or {@code ParameterException}.
 */
public abstract class ClearIceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	protected ClearIceException(final String message) {
		super(message);
	}

	protected ClearIceException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
