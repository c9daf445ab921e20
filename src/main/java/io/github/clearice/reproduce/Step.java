package io.github.clearice.reproduce;

import io.github.clearice.task.TaskListener;

import java.nio.file.Files;

/**
 * A piece of an experiment, which is not repeated once it is finished.
 *
 * @param line what it does, as a line that tells it from all other steps; files and structures as in
 *          {@link Workbench#run}
 * @param seconds how long it takes on the machine of {@link Effort}
 * @param work that it does
 */
record Step(String line, double seconds, Work work) {

	/** What a step does. */
	@FunctionalInterface
	interface Work {

		void run(Workbench bench, TaskListener listener);
	}

	/** A step that is a line of the launcher; a training that was interrupted goes on from its checkpoint. */
	static Step of(final double seconds, final String line) {
		return new Step(line, seconds, (bench, listener) -> bench.run(line + resume(line, bench), listener));
	}

	/**
	 * A step that is no line of the launcher.
	 *
	 * @param line what it does, after a number sign, so that the page's lines stay a script
	 */
	static Step of(final double seconds, final String line, final Work work) {
		return new Step(line, seconds, work);
	}

	private static String resume(final String line, final Workbench bench) {
		if (!line.startsWith("train ")) return "";
		final String checkpoint = line.replaceFirst(".* model=@([^ ]*).*", "$1") + ".checkpoint";
		return Files.exists(bench.file(checkpoint)) ? " resume=@" + checkpoint : "";
	}

	void run(final Workbench bench, final TaskListener listener) {
		work.run(bench, listener);
	}
}
