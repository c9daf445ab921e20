package io.github.clearice.stack;

import io.github.clearice.task.InputException;

/**
 * Some particles of a stack that follow each other.
 *
 * @param stack which stays its owner's to close
 * @param first index in the stack, from 0
 * @param size how many
 */
public record StackRange(ParticleStack stack, int first, int size) implements StackView {

	/** @throws InputException if the stack lacks one of them */
	public StackRange {
		if (first < 0 || size < 0 || first > stack.size() - size) throw new InputException(stack.name() + " holds " +
			stack.size() + " particles, which lacks some of " + (first + 1) + " to " + ((long) first + size) +
			". Give a larger stack, or ask for fewer.");
	}

	/** The same particles of both stacks. */
	public static ParticlePairs of(final ParticlePairs pairs, final int first, final int size) {
		return new ParticlePairs(new StackRange(pairs.noisy(), first, size), new StackRange(pairs.clean(), first, size));
	}

	@Override
	public void read(final int index, final float[] image) {
		stack.read(first + index, image);
	}
}
