package io.github.clearice.task;

/**
 * Hears of the progress of long work, and is asked by it whether to stop.
 * <p>
 * Methods may be called from several threads; implementations must be
 * thread-safe and quick.
 */
public interface TaskListener {

	/** A listener that hears nothing and never cancels. */
	TaskListener SILENT = new TaskListener() {};

	/**
	 * A piece of work begins.
	 *
	 * @param task the current step, such as "Simulating particles"
	 * @param total the number of steps, or 0 where it is unknown
	 */
	default void begin(final String task, final long total) {}

	/** @param done the number of steps finished so far */
	default void progress(final long done) {}

	/**
	 * As {@link #progress(long)}, with additional status.
	 *
	 * @param detail a few words, such as "loss 0.031, 180 images/s"
	 */
	default void progress(final long done, final String detail) {
		progress(done);
	}

	/** One line worth telling the user, such as a warning about a file. */
	default void message(final String line) {}

	/** The work that began last has ended. */
	default void end() {}

	/** Whether the work should stop as soon as it can. */
	default boolean isCancelled() {
		return false;
	}

	/**
	 * Stops the caller where the user has asked for it.
	 *
	 * @throws TaskCancelledException if {@link #isCancelled()}
	 */
	default void checkCancelled(final String task) {
		if (isCancelled()) throw new TaskCancelledException(task);
	}
}
