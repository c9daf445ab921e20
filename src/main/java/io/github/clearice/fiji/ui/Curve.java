package io.github.clearice.fiji.ui;

import java.util.Arrays;

/**
 * The points of a curve over updates, as many as a plot can show: if there are too many, every other one is left out.
 */
final class Curve {

	private static final int MOST = 4000;

	private double[] steps = new double[64];
	private double[] values = new double[64];
	private int size;

	/** Adds a point after the others; values that are not numbers are left out. */
	void add(final double step, final double value) {
		if (!Double.isFinite(value)) return;
		if (size == MOST) thin();
		if (size == steps.length) {
			steps = Arrays.copyOf(steps, 2 * size);
			values = Arrays.copyOf(values, 2 * size);
		}
		steps[size] = step;
		values[size++] = value;
	}

	private void thin() {
		for (int i = 0; i < size / 2; i++) {
			steps[i] = steps[2 * i];
			values[i] = values[2 * i];
		}
		size /= 2;
	}

	/** Forgets what came after an update. */
	void cutAfter(final double step) {
		while (size > 0 && steps[size - 1] > step) size--;
	}

	boolean isEmpty() {
		return size == 0;
	}

	double[] steps() {
		return Arrays.copyOf(steps, size);
	}

	double[] values() {
		return Arrays.copyOf(values, size);
	}

	/** A curve of its own with the same points. */
	Curve copy() {
		final Curve copy = new Curve();
		copy.steps = steps.clone();
		copy.values = values.clone();
		copy.size = size;
		return copy;
	}
}
