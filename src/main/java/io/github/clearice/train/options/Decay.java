package io.github.clearice.train.options;

/** How learning rates fall after their rise. */
public enum Decay {
	/** Along half a cosine, over the whole training. */
	COSINE,
	/** Not at all. */
	NONE,
	/** By a factor whenever the validation has not gained for a while. */
	PLATEAU;

	/** The name used in commands and cards: {@code cosine}, {@code none}, {@code plateau}. */
	public String label() {
		return OptionReader.label(this);
	}
}
