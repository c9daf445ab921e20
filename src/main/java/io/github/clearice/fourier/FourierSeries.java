package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * Values of real Fourier series {@code a_0 + sum_k (a_k cos k phi + b_k sin k phi)} at angles spread evenly over a turn.
 * For short series, sums over tables are several times as fast as Fourier transforms. Holds a buffer:
 * one instance a thread.
 */
public final class FourierSeries {

	private final int angles;
	/** Cosines and sines of the orders, for the angles of the first half of a turn. */
	private final float[][] cosines, sines;
	private final float[] odd;

	/**
	 * @param angles their number, even
	 * @param orders 0 to orders - 1 are evaluated
	 */
	public FourierSeries(final int angles, final int orders) {
		this.angles = angles;
		cosines = new float[orders][angles / 2];
		sines = new float[orders][angles / 2];
		odd = new float[angles / 2];
		for (int k = 0; k < orders; k++) for (int j = 0; j < angles / 2; j++) {
			cosines[k][j] = (float) Math.cos(k * angle(j));
			sines[k][j] = (float) Math.sin(k * angle(j));
		}
	}

	/** Angle of a position, between two angles if it is no whole number, in radians. */
	public double angle(final double position) {
		return 2 * Math.PI * position / angles;
	}

	/**
	 * Evaluates a series.
	 *
	 * @param a coefficients of the cosines of all orders
	 * @param b those of the sines; that of order 0 does not matter
	 * @param values receives the value at each angle
	 */
	public void evaluate(final float[] a, final float[] b, final float[] values) {
		final int half = odd.length;
		Arrays.fill(values, 0, half, 0);
		Arrays.fill(odd, 0);
		for (int k = 0; k < cosines.length; k++) {
			final float even = a[k], uneven = b[k];
			final float[] cosine = cosines[k], sine = sines[k];
			for (int j = 0; j < half; j++) {
				values[j] += even * cosine[j];
				odd[j] += uneven * sine[j];
			}
		}
		float opposite = 0;
		for (int k = 0; k < cosines.length; k++) opposite += k % 2 == 0 ? a[k] : -a[k];
		values[half] = opposite;
		// The angle at j is the negative of the one at angles - j.
		for (int j = 1; j < half; j++) {
			values[angles - j] = values[j] - odd[j];
			values[j] += odd[j];
		}
	}
}
