package io.github.clearice.filter.covariance;

import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;

/**
 * The linear filter of least mean squared error for images of a given mean and covariance: {@code x = mu + S A (A S A +
 * 1)^-1 (y - A mu)} for each order of the coefficients and each group of transfer functions. The part that the
 * functions do not describe has its own factor. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2016.04.013">Bhamre, Zhang and Singer 2016</a>, equation 18
 */
final class SteerableFilter {

	private final SteerableObservation observation;
	private final FourierBesselBasis basis;
	private final float[][] matrices;
	/** {@code mu - H A mu} of order 0, for each group. */
	private final float[][] constants;
	private final float residual;
	private final float[] ones;

	/** @param residual factor of the part that the functions do not describe */
	SteerableFilter(final SteerableObservation observation, final SteerableCovariance covariance, final double residual) {
		this.observation = observation;
		this.residual = (float) residual;
		basis = observation.basis();
		matrices = new float[observation.groups()][basis.blockLength()];
		constants = new float[observation.groups()][basis.size(0)];
		ones = new float[observation.whitening().length];
		Arrays.fill(ones, 1);
		ParallelLoop.run(basis.orders(), 1, thread -> order -> solve((int) order, covariance));
	}

	private void solve(final int order, final SteerableCovariance covariance) {
		final int size = basis.size(order);
		for (int g = 0; g < matrices.length; g++) {
			final double[] a = observation.matrix(g, order);
			final double[] total = SymmetricMatrix.congruence(size, a, covariance.block(order));
			for (int i = 0; i < size; i++) total[i * size + i]++;
			final double[] filter = SymmetricMatrix.product(size, SymmetricMatrix.product(size, covariance.block(order), a),
				SymmetricMatrix.inverseOfPositive(size, total));
			for (int i = 0; i < filter.length; i++) matrices[g][basis.blockOffset(order) + i] = (float) filter[i];
			if (order > 0) continue;
			final double[] passed = SymmetricMatrix.product(size, filter, a);
			for (int p = 0; p < size; p++) {
				double sum = covariance.mean()[p];
				for (int q = 0; q < size; q++) sum -= passed[p * size + q] * covariance.mean()[q];
				constants[g][p] = (float) sum;
			}
		}
	}

	/** Filters images, one after the other; holds the buffers of one thread. */
	final class Worker {

		private final SteerableTransform transform = new SteerableTransform(basis);
		private final float[] re = new float[basis.length()], im = new float[basis.length()];
		private final float[] filteredRe = new float[basis.length()], filteredIm = new float[basis.length()];

		/**
		 * @param image without its offset, left as it is
		 * @param group of the image
		 * @param filtered receives as many pixels; not {@code image}
		 */
		void filter(final float[] image, final int group, final float[] filtered) {
			transform.forward(image, observation.whitening(), re, im);
			SteerableObservation.multiply(basis, matrices[group], re, filteredRe);
			SteerableObservation.multiply(basis, matrices[group], im, filteredIm);
			for (int q = 0; q < basis.size(0); q++) filteredRe[q] += constants[group][q];
			expand(image, filteredRe, filteredIm, filtered);
		}

		/** The whitened coefficients of an image. */
		void whiten(final float[] image, final float[] whiteRe, final float[] whiteIm) {
			transform.forward(image, observation.whitening(), whiteRe, whiteIm);
		}

		/**
		 * From coefficients to an image, with what passes of the part that the functions do not describe.
		 *
		 * @param image as for {@link #filter}
		 * @param estimateRe real parts of what the coefficients of the clean image are taken for; overwritten
		 * @param estimateIm imaginary parts; overwritten
		 */
		void expand(final float[] image, final float[] estimateRe, final float[] estimateIm, final float[] filtered) {
			if (residual > 0) {
				transform.forward(image, ones, re, im);
				for (int i = 0; i < re.length; i++) {
					estimateRe[i] -= residual * re[i];
					estimateIm[i] -= residual * im[i];
				}
			}
			transform.inverse(estimateRe, estimateIm, filtered);
			if (residual > 0) for (int i = 0; i < image.length; i++) filtered[i] += residual * image[i];
		}
	}
}
