package io.github.clearice.stack;

import io.github.clearice.star.RelionParticles;

import java.util.Optional;

/** Some particles of a stack, with their rows. */
public final class ChosenParticles implements StackView {

	private final ParticleStack stack;
	private final int[] indices;
	private final RelionParticles rows;

	/**
	 * Particles with their own rows.
	 *
	 * @param stack which stays its owner's to close
	 * @param indices which, in the order wanted
	 */
	public ChosenParticles(final ParticleStack stack, final int... indices) {
		this(stack, stack, indices);
	}

	/**
	 * Particles with the rows that another stack has for them, such as clean images, whose table is that of the noisy
	 * ones.
	 *
	 * @param listed a stack of the same particles in the same order
	 */
	public ChosenParticles(final ParticleStack stack, final ParticleStack listed, final int... indices) {
		ParticlePairs.requireMatch(listed, stack);
		this.stack = stack;
		this.indices = indices.clone();
		this.rows = listed.rows().map(all -> all.withRows(indices)).orElse(null);
	}

	@Override
	public ParticleStack stack() {
		return stack;
	}

	@Override
	public int size() {
		return indices.length;
	}

	@Override
	public Optional<RelionParticles> rows() {
		return Optional.ofNullable(rows);
	}

	@Override
	public int sign(final int index) {
		return stack.sign(indices[index]);
	}

	@Override
	public void read(final int index, final float[] image) {
		stack.read(indices[index], image);
	}
}
