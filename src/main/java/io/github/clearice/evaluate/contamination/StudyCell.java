package io.github.clearice.evaluate.contamination;

import io.github.clearice.simulate.ContaminationType;

/**
 * One training of a contamination study.
 *
 * @param type null without contamination
 * @param fraction of the training pairs that is contaminated
 * @param seed of training and contamination
 */
record StudyCell(StudyMethod method, ContaminationType type, double fraction, long seed) {

	/** The name of its files. */
	String name() {
		final String kind = type == null ? "clean" : type + "-" + fraction;
		return method.name() + "-" + kind + "-" + seed;
	}
}
