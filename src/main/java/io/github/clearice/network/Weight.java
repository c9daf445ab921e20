package io.github.clearice.network;

import io.github.clearice.tensorflow.NetworkException;

/**
 * One array of a network's weights.
 *
 * @param name unique in the network, such as {@code encoder1/unit2/kernel}
 * @param shape lengths of the axes, the last running fastest; empty for a scalar
 * @param values the numbers, not copied
 */
public record Weight(String name, int[] shape, float[] values) {

	public Weight {
		if (values.length != count(shape)) throw new NetworkException("Weight " + name + " has " + values.length +
			" values, but its shape needs " + count(shape) + ". The model file is damaged; get a fresh copy.");
	}

	/** Whether all values are numbers, neither NaN nor infinite. */
	public boolean isFinite() {
		for (final float value : values) if (!Float.isFinite(value)) return false;
		return true;
	}

	/** Number of values that a shape holds. */
	public static long count(final int... shape) {
		long count = 1;
		for (final int length : shape) count *= length;
		return count;
	}
}
