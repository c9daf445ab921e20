package io.github.clearice.stack;

import io.github.clearice.task.InputException;
import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A seeded division of particles into those to train on and those to validate
 * with.
 * <p>
 * The same count, fraction and seed always give the same split; both parts are
 * in ascending order.
 */
public final class Split {

	/** The share that is held out where nothing else is asked for. */
	public static final double DEFAULT_VALIDATION_FRACTION = 0.1;

	private static final int STREAM = 0x5711;

	private final int[] training;
	private final int[] validation;

	private Split(final int[] training, final int[] validation) {
		this.training = training;
		this.validation = validation;
	}

	/** Holds out {@link #DEFAULT_VALIDATION_FRACTION} of the particles. */
	public static Split of(final int count, final long seed) {
		return of(count, DEFAULT_VALIDATION_FRACTION, seed);
	}

	/**
	 * Holds out a share of the particles, at least one; at least one is left to
	 * train on.
	 *
	 * @param count number of particles, at least 2
	 * @param validationFraction share to hold out, between 0 and 1, both excluded
	 * @throws InputException if nothing could be held out
	 */
	public static Split of(final int count, final double validationFraction, final long seed) {
		if (count < 2) throw new InputException("A split into training and validation needs at least 2 particles, not " +
			count + "; give a larger stack.");
		if (!(validationFraction > 0 && validationFraction < 1)) throw new InputException(
			"The validation fraction must lie between 0 and 1, not " + validationFraction + ".");
		final int held = (int) Math.max(1, Math.min(count - 1, Math.round(count * validationFraction)));
		final int[] order = Seeds.permutation(count, Seeds.random(seed, STREAM));
		final int[] validation = Arrays.copyOf(order, held);
		final int[] training = Arrays.copyOfRange(order, held, count);
		Arrays.sort(validation);
		Arrays.sort(training);
		return new Split(training, validation);
	}

	/**
	 * Holds out the first particles, where their order is random already.
	 *
	 * @param held number to hold out, at least 1
	 * @param count number of particles, more than that
	 */
	public static Split ofFirst(final int held, final int count) {
		if (held < 1 || held >= count) throw new InputException("Of " + count + " particles " + held +
			" cannot be held out; hold out at least 1 and keep at least 1.");
		return new Split(IntStream.range(held, count).toArray(), IntStream.range(0, held).toArray());
	}

	/** Indices of the particles to train on, ascending. */
	public int[] training() {
		return training.clone();
	}

	/** Indices of the particles held out, ascending. */
	public int[] validation() {
		return validation.clone();
	}
}
