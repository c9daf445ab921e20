package io.github.clearice.experiment;

import io.github.clearice.task.TaskListener;

import java.nio.file.Files;

/** A piece of an experiment, which is not repeated once it is finished. */
interface Step {

	/** What it does, as a line that tells it from all other steps; files and structures as in {@link Workbench#run}. */
	String line();

	/** How long it takes on the machine of {@link Effort}, in seconds. */
	double seconds();

	void run(Workbench bench, TaskListener listener);

	/** A step that is a line of the launcher. */
	static Step of(final double seconds, final String line) {
		return new VerbLine(line, seconds);
	}

	/** Work of the experiment's own, which no verb does. */
	@FunctionalInterface
	interface Work {

		void run(Workbench bench, TaskListener listener);
	}

	/**
	 * A step that is no line of the launcher.
	 *
	 * @param line what it does, after a number sign, so that the page's lines stay a script
	 */
	static Step of(final double seconds, final String line, final Work work) {
		return new OwnWork(line, seconds, work);
	}

	/** Work of the experiment's own. */
	record OwnWork(String line, double seconds, Work work) implements Step {

		@Override
		public void run(final Workbench bench, final TaskListener listener) {
			work.run(bench, listener);
		}
	}

	/** A line of the launcher; a training that was interrupted goes on from its checkpoint. */
	record VerbLine(String line, double seconds) implements Step {

		@Override
		public void run(final Workbench bench, final TaskListener listener) {
			bench.run(line + resume(bench), listener);
		}

		private String resume(final Workbench bench) {
			if (!line.startsWith("train ")) return "";
			final String checkpoint = line.replaceFirst(".* model=@([^ ]*).*", "$1") + ".checkpoint";
			return Files.exists(bench.file(checkpoint)) ? " resume=@" + checkpoint : "";
		}
	}
}
