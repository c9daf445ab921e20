package io.github.clearice.reproduce;

import io.github.clearice.task.ParameterException;

import java.util.List;

/** A figure or a table of a paper that can be repeated. */
interface Experiment {

	/** What it is called in commands. */
	String name();

	/** What it is about, for headings. */
	String title();

	/** Where the paper has it. */
	String source();

	/** What was done there and what is done here, for the page. */
	String account(ExperimentSize size);

	/**
	 * The same experiment with refined particles of the user's.
	 *
	 * @throws ParameterException if it has no use for them
	 */
	default Experiment on(final RefinedSet particles) {
		throw new ParameterException("star= is for name=" + SuRefinedPoses.NAME + ", not for " + name() +
			". Leave it out.");
	}

	/** What the command takes beside name, size and output, with a space before. */
	default String parameters() {
		return " structures=FOLDER";
	}

	/** What to run, in this order. */
	List<Step> steps(ExperimentSize size);

	/** Reads what the steps have written: figures, pictures, findings. */
	void conclude(ExperimentSize size, Report report);
}
