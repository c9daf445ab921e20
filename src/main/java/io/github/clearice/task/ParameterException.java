package io.github.clearice.task;

/** A parameter is missing, out of range, contradicts another, or does not suit the inputs. */
public final class ParameterException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public ParameterException(final String message) {
		super(message);
	}

	public ParameterException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
