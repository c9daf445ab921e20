package io.github.clearice.train.options;

/** Which weights of a training its model has. */
public enum WeightSelection {

		/** Those of the validation with the highest PSNR. */
		BEST,
		/**
		 * Those of the last update, as the published code of Gu et al. 2021 has it: they may have learnt single pairs by
		 * heart.
		 */
		LAST;

	/** The name used in commands and cards: {@code best}, {@code last}. */
	public String label() {
		return OptionReader.label(this);
	}
}
