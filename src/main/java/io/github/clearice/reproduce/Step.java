package io.github.clearice.reproduce;

import io.github.clearice.task.TaskListener;

import java.nio.file.Files;

/**
 * A piece of an experiment, which is not repeated once it is finished.
 *
 * @param line what it does, as a line that tells it from all other steps; files and structures as in
 *          {@link RunContext#run}
 * @param seconds how long it takes on the machine of {@link RuntimeEstimate}
 * @param work that it does
 */
record Step(String line, double seconds, Work work) {

	/** What a step does. */
	@FunctionalInterface
	interface Work {

		void run(RunContext context, TaskListener listener);
	}

	/** A step that is a line of the launcher; a training that was interrupted goes on from its checkpoint. */
	static Step of(final double seconds, final String line) {
		return new Step(line, seconds, (context, listener) -> context.run(line + resume(line, context), listener));
	}

	/**
	 * A step that is no line of the launcher.
	 *
	 * @param line what it does, after a number sign, so that the page's lines stay a script
	 */
	static Step of(final double seconds, final String line, final Work work) {
		return new Step(line, seconds, work);
	}

	private static String resume(final String line, final RunContext context) {
		if (!line.startsWith("train ")) return "";
		final String checkpoint = line.replaceFirst(".* model=@([^ ]*).*", "$1") + ".checkpoint";
		return Files.exists(context.file(checkpoint)) ? " resume=@" + checkpoint : "";
	}

	void run(final RunContext context, final TaskListener listener) {
		work.run(context, listener);
	}
}
