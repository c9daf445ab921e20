package io.github.clearice.experiment;

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

	/** What to run, in this order. */
	List<Step> steps(ExperimentSize size);

	/** Reads what the steps have written: figures, pictures, findings. */
	void conclude(ExperimentSize size, Report report);
}
