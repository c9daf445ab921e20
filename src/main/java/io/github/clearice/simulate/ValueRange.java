package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

import java.util.SplittableRandom;

/**
 * Limits between which each particle draws a value of its own; where both are the same, all have that value.
 *
 * @param low the least value
 * @param high the largest
 */
public record ValueRange(double low, double high) {

	/** Nothing at all. */
	public static final ValueRange ZERO = new ValueRange(0, 0);

	public ValueRange {
		if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) throw new ParameterException("The range " +
			low + " to " + high + " has no order. Give two finite numbers, the smaller one first.");
	}

	/** One value for all. */
	public static ValueRange of(final double value) {
		return new ValueRange(value, value);
	}

	/**
	 * Reads {@code value} or {@code low,high}.
	 *
	 * @param name of the parameter, for messages
	 * @throws ParameterException if the text is something else
	 */
	public static ValueRange parse(final String name, final String text) {
		final String[] parts = text.split(",", -1);
		try {
			if (parts.length == 1) return of(Double.parseDouble(parts[0].trim()));
			if (parts.length == 2) return new ValueRange(Double.parseDouble(parts[0].trim()), Double.parseDouble(parts[1]
				.trim()));
		}
		catch (final NumberFormatException | ParameterException e) {
			throw refused(name, text, e);
		}
		throw refused(name, text, null);
	}

	private static ParameterException refused(final String name, final String text, final RuntimeException cause) {
		return new ParameterException(name + "=" + text +
			" is neither a finite number nor a range. Give one number, or the smaller and the larger one joined by a comma.",
			cause);
	}

	/** Whether all particles have one value. */
	public boolean isFixed() {
		return low == high;
	}

	/** A value, all being equally likely. */
	double draw(final SplittableRandom random) {
		return isFixed() ? low : low + (high - low) * random.nextDouble();
	}

	/** A value, all factors being equally likely; both limits must be above 0. */
	double drawFactor(final SplittableRandom random) {
		return isFixed() ? low : low * Math.pow(high / low, random.nextDouble());
	}

	/** The text that {@link #parse} reads. */
	@Override
	public String toString() {
		return isFixed() ? Double.toString(low) : low + "," + high;
	}
}
