package io.github.clearice.train.data;

import io.github.clearice.stack.ParticleStack;

/** Pairs whose noisy images are those of a stack. */
interface StackSource extends PairSource {

	ParticleStack noisy();

	@Override
	default int box() {
		return noisy().box();
	}

	@Override
	default double pixelSizeAngstrom() {
		return noisy().pixelSizeAngstrom();
	}

	@Override
	default int size() {
		return noisy().size();
	}

	@Override
	default String noisyName() {
		return noisy().name();
	}
}
