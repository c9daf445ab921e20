package io.github.clearice.train.options;

import io.github.clearice.train.optimizer.Muon;

/** How the weights of the generator descend; a discriminator always ascends by Adam. */
public enum Optimiser {
	/** Kingma and Ba 2015. */
	ADAM,
	/** {@link Muon} for kernels, Adam at the same rate for what is no matrix. */
	MUON;

	/** The name used in commands and cards: {@code adam}, {@code muon}. */
	public String label() {
		return OptionReader.label(this);
	}
}
