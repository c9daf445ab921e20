package io.github.clearice.train.options;

/**
 * How the terms of one image are joined to its loss. Images of a batch are
 * always averaged, as by the 1/m of Algorithm 1 in Gu et al. 2021.
 */
public enum Reduction {
	/** Their mean: the loss does not grow with the box or the map of scores. */
	MEAN,
	/** Their sum, as the formulas of the paper have it. */
	SUM;

	/** The name used in commands and cards: {@code mean}, {@code sum}. */
	public String label() {
		return OptionReader.label(this);
	}
}
