package io.github.clearice.train.options;

/** What a network is shown as the target of a noisy image. */
public enum Supervision {
	/** The clean image. */
	CLEAN,
	/** A second, independent noisy image of the same particle (Lehtinen et al. 2018). */
	NOISE2NOISE,
	/** The noisy image itself, at pixels that the network does not see (Krull et al. 2019). */
	NOISE2VOID;

	/** The name used in commands and cards: {@code clean}, {@code noise2noise}, {@code noise2void}. */
	public String label() {
		return OptionReader.label(this);
	}
}
