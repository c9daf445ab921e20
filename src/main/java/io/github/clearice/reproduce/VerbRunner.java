package io.github.clearice.reproduce;

import io.github.clearice.task.TaskListener;

import java.util.List;

/** Runs verbs of the launcher. */
@FunctionalInterface
public interface VerbRunner {

	/**
	 * Runs a verb to its end.
	 *
	 * @param words the verb and its parameters as {@code name=value}
	 * @throws io.github.clearice.task.ClearIceException with one line for the user
	 */
	void run(List<String> words, TaskListener listener);
}
