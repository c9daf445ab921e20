package io.github.clearice.task;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** A file or folder could not be written. */
public final class OutputException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public OutputException(final String message) {
		super(message);
	}

	public OutputException(final String message, final Throwable cause) {
		super(message, cause);
	}

	/** Says in one line what the operating system refused, and what to do. */
	public static OutputException of(final Path file, final IOException cause) {
		final String reason;
		if (cause instanceof AccessDeniedException) {
			reason = "permission denied. Choose a folder you may write to.";
		}
		else if (String.valueOf(cause.getMessage()).contains("No space left")) {
			reason = "the disk is full. Free some space or choose another disk.";
		}
		else {
			reason = cause.getClass().getSimpleName() + " (" + cause.getMessage() +
				"). Check the disk and the folder's permissions.";
		}
		return new OutputException("Cannot write " + file + ": " + reason, cause);
	}
}
