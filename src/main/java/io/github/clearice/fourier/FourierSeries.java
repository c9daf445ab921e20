package io.github.clearice.fourier;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * The values of a real Fourier series {@code a_0 / 2 + sum_k (a_k cos k phi + b_k sin k phi)} at angles spread evenly
 * over a turn. Immutable; one instance a thread.
 */
public final class FourierSeries {

	private final FloatFFT_1D transform;

	/** @param angles their number, a power of two and more than twice the largest k */
	public FourierSeries(final int angles) {
		transform = new FloatFFT_1D(angles);
	}

	/**
	 * Evaluates a series in place.
	 *
	 * @param series {@code a_0, 0, a_1, -b_1, a_2, -b_2, ...}, zeros from the end of the series to the number of angles;
	 *          receives the values
	 */
	public void evaluate(final float[] series) {
		transform.realInverse(series, 0, false);
	}
}
