package io.github.clearice.task;

/** Thrown by long work that was asked to stop and leaves nothing behind. */
public final class TaskCancelledException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public TaskCancelledException(final String task) {
		super(task + " was cancelled; nothing was written.");
	}
}
