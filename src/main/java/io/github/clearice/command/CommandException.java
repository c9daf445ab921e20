package io.github.clearice.command;

import io.github.clearice.task.ClearIceException;

/** A command's parameters are missing, contradict each other or cannot be used. */
public final class CommandException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public CommandException(final String message) {
		super(message);
	}

	public CommandException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
