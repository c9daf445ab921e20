package io.github.clearice.train.options;

/**
 * How far a pixel is from its target: Gu et al. 2021, after equation 4 and in Algorithm 1. {@code PixelLoss} is its
 * graph: options link to no TensorFlow, because dialogs show them where there is none.
 */
public enum Loss {
	/** Absolute difference: that of the l1-autoencoder. */
	L1,
	/** Squared difference: that of the l2-autoencoder (without the factor 1/2 of its formula, as in Algorithm 1). */
	L2;

	/** The name used in commands and cards: {@code l1}, {@code l2}. */
	public String label() {
		return OptionReader.label(this);
	}
}
