package io.github.clearice.mrc;

import io.github.clearice.task.ClearIceException;

import java.nio.file.Path;

/** An MRC file cannot be read, or pixels cannot be written as MRC. */
public final class MrcException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public MrcException(final String message) {
		super(message);
	}

	public MrcException(final String message, final Throwable cause) {
		super(message, cause);
	}

	/** The usual form: which file, what is wrong with it, what to do. */
	static MrcException of(final Path file, final String problemAndRemedy) {
		return new MrcException(file + ": " + problemAndRemedy);
	}

	static MrcException of(final Path file, final String problemAndRemedy, final Throwable cause) {
		return new MrcException(file + ": " + problemAndRemedy, cause);
	}
}
