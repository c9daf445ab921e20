package io.github.clearice.filter.covariance;

import io.github.clearice.fourier.CircularHarmonics;

import java.util.Arrays;

/**
 * Images to coefficients of a {@link FourierBesselBasis} and back. Coefficients are
 * complex, those of an order k side by side. Holds buffers: one instance a thread.
 */
final class SteerableTransform {

	private final FourierBesselBasis basis;
	private final CircularHarmonics harmonics;
	private final int circles;
	private final float[] harmonicsRe;
	private final float[] harmonicsIm;
	private final float[] measure;
	private final float[] scaled;

	SteerableTransform(final FourierBesselBasis basis) {
		this.basis = basis;
		harmonics = new CircularHarmonics(basis.grid(), basis.orders() - 1);
		harmonicsRe = new float[harmonics.length()];
		harmonicsIm = new float[harmonics.length()];
		final double[] radii = basis.grid().radii(), weights = basis.grid().weights();
		circles = radii.length;
		measure = new float[circles];
		for (int j = 0; j < circles; j++) measure[j] = (float) (2 * Math.PI * radii[j] * weights[j]);
		scaled = new float[circles];
	}

	/**
	 * Image to coefficients.
	 *
	 * @param factors by which each circle is multiplied first, such as whitening
	 * @param re receives {@link FourierBesselBasis#length()} real parts
	 * @param im receives the imaginary parts
	 */
	void forward(final float[] image, final float[] factors, final float[] re, final float[] im) {
		harmonics.forward(image, harmonicsRe, harmonicsIm);
		project(harmonicsRe, factors, re);
		project(harmonicsIm, factors, im);
	}

	/** Coefficients to the image they describe. */
	void inverse(final float[] re, final float[] im, final float[] image) {
		expand(re, harmonicsRe);
		expand(im, harmonicsIm);
		harmonics.inverse(harmonicsRe, harmonicsIm, image);
	}

	private void project(final float[] values, final float[] factors, final float[] coefficients) {
		for (int k = 0; k < basis.orders(); k++) {
			final float[] radial = basis.radial(k);
			for (int j = 0; j < circles; j++) scaled[j] = values[k * circles + j] * measure[j] * factors[j];
			for (int q = 0; q < basis.size(k); q++) coefficients[basis.offset(k) + q] = product(radial, q * circles);
		}
	}

	/** Four sums at once, which a processor need not wait for. */
	private float product(final float[] radial, final int first) {
		float a = 0, b = 0, c = 0, d = 0;
		int j = 0;
		for (; j + 3 < circles; j += 4) {
			a += radial[first + j] * scaled[j];
			b += radial[first + j + 1] * scaled[j + 1];
			c += radial[first + j + 2] * scaled[j + 2];
			d += radial[first + j + 3] * scaled[j + 3];
		}
		for (; j < circles; j++) a += radial[first + j] * scaled[j];
		return a + b + c + d;
	}

	private void expand(final float[] coefficients, final float[] values) {
		Arrays.fill(values, 0);
		for (int k = 0; k < basis.orders(); k++) {
			final float[] radial = basis.radial(k);
			for (int q = 0; q < basis.size(k); q++) {
				final float coefficient = coefficients[basis.offset(k) + q];
				for (int j = 0; j < circles; j++) values[k * circles + j] += coefficient * radial[q * circles + j];
			}
		}
	}
}
