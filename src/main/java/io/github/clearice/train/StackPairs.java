package io.github.clearice.train;

import io.github.clearice.particle.ParticlePairs;

/** Pairs out of two stacks. */
final class StackPairs implements PairSource {

	private final ParticlePairs pairs;

	StackPairs(final ParticlePairs pairs) {
		this.pairs = pairs;
	}

	@Override
	public int box() {
		return pairs.box();
	}

	@Override
	public double pixelSizeAngstrom() {
		return pairs.pixelSizeAngstrom();
	}

	@Override
	public int size() {
		return pairs.size();
	}

	@Override
	public String noisyName() {
		return pairs.noisy().name();
	}

	@Override
	public String targetName() {
		return pairs.clean().name();
	}

	@Override
	public void read(final int index, final float[] noisy, final float[] target) {
		pairs.noisy().read(index, noisy);
		pairs.clean().read(index, target);
	}

	@Override
	public void close() {
		pairs.close();
	}
}
