package io.github.clearice.worker;

import io.github.clearice.task.TaskListener;

/** The output of the launcher: for a person at a terminal, or for a program that reads events. */
public interface LauncherOutput extends TaskListener {

	/** The user's request to stop or cancel. */
	void request(StopRequest stopRequest);

	/** The text that a verb ends with. */
	void report(String text);

	/**
	 * The verb was refused or failed.
	 *
	 * @param line the fault, where it is, and the remedy
	 * @param cancelled whether the user asked it to stop
	 */
	void error(String line, boolean cancelled);

	/** The final event. */
	void exit(int code);
}
