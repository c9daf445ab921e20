package io.github.clearice.filter.covariance;

import java.util.Arrays;

/**
 * Components of images in which the noise of the average particle is white with variance 1 and those of the signal do
 * not correlate: {@code c = U' M^1/2 (x - mu)} for each order, with M the mean of the squared matrices of
 * {@link SteerableObservation}, mu the mean of the stack and U the eigenvectors of {@code M^1/2 S M^1/2}, S its
 * covariance. Components without signal are left out. An image shows {@code b = G_g c + noise of covariance G_g}, with
 * G_g of its group of transfer functions; without these, G is 1. Rotating an image by an angle turns the phases of
 * components by order times angle, and mirroring it conjugates them. Immutable and thread-safe.
 * <p>
 * Vectors of components hold all real parts, then all imaginary ones.
 */
final class SignalFrame {

	/** A component with less signal than this, in units of the noise's variance, tells nothing. */
	private static final double LEAST_SIGNAL = 3e-3;

	private final SteerableObservation observation;
	private final FourierBesselBasis basis;
	private final double[] mean;
	private final int[] offsets;
	private final double[] variances;
	/** {@code U' M^1/2 mu}, of the components of order 0. */
	private final double[] means;
	/** For each order, {@code U' M^-1/2}: components by coefficients. */
	private final double[][] vectors;
	/** For each group and order, {@code U' M^-1/2 A_g}: components by coefficients. */
	private final float[][][] projections;
	/** For each group, {@code U' M^-1/2 A_g A_g mu} of order 0. */
	private final float[][] centres;
	/** For each group and order, G_g. */
	private final double[][][] gains;

	SignalFrame(final SteerableObservation observation, final SteerableCovariance covariance) {
		this.observation = observation;
		basis = observation.basis();
		mean = covariance.mean();
		vectors = new double[basis.orders()][];
		offsets = new int[basis.orders() + 1];
		final double[][] kept = new double[basis.orders()][];
		double[] averages = {};
		for (int k = 0; k < basis.orders(); k++) {
			final int size = basis.size(k);
			final SymmetricMatrix passed = new SymmetricMatrix(size, covariance.passed(k));
			final double[] root = passed.map(value -> Math.sqrt(Math.max(0, value)));
			final double[] inverse = SteerableCovariance.inverse(passed, -0.5);
			final SymmetricMatrix signal = new SymmetricMatrix(size, SymmetricMatrix.congruence(size, root, covariance.block(
				k)));
			int count = 0;
			while (count < size && signal.value(count) > LEAST_SIGNAL) count++;
			if (k == 0) averages = new double[count];
			vectors[k] = new double[count * size];
			kept[k] = new double[count];
			for (int c = 0; c < count; c++) {
				kept[k][c] = signal.value(c);
				final double[] vector = signal.vector(c);
				for (int p = 0; p < size; p++) for (int q = 0; q < size; q++) {
					vectors[k][c * size + p] += vector[q] * inverse[q * size + p];
					if (k == 0) averages[c] += vector[q] * root[q * size + p] * mean[p];
				}
			}
			offsets[k + 1] = offsets[k] + count;
		}
		means = averages;
		variances = new double[length()];
		for (int k = 0; k < basis.orders(); k++) System.arraycopy(kept[k], 0, variances, offsets[k], kept[k].length);
		projections = new float[observation.groups()][basis.orders()][];
		centres = new float[observation.groups()][];
		gains = new double[observation.groups()][basis.orders()][];
		for (int g = 0; g < gains.length; g++) for (int k = 0; k < basis.orders(); k++) project(g, k);
	}

	private void project(final int group, final int order) {
		final int size = basis.size(order), count = size(order);
		final double[] matrix = observation.matrix(group, order);
		final double[] projection = new double[count * size];
		for (int c = 0; c < count; c++) for (int p = 0; p < size; p++) for (int q = 0; q < size; q++)
			projection[c * size + q] += vectors[order][c * size + p] * matrix[p * size + q];
		projections[group][order] = floats(projection);
		gains[group][order] = new double[count * count];
		for (int c = 0; c < count; c++) for (int d = 0; d < count; d++) for (int p = 0; p < size; p++)
			gains[group][order][c * count + d] += projection[c * size + p] * projection[d * size + p];
		if (order > 0) return;
		centres[group] = new float[count];
		for (int c = 0; c < count; c++) for (int p = 0; p < size; p++) {
			double passed = 0;
			for (int q = 0; q < size; q++) passed += matrix[p * size + q] * mean[q];
			centres[group][c] += (float) (projection[c * size + p] * passed);
		}
	}

	/** Number of components. */
	int length() {
		return offsets[basis.orders()];
	}

	int orders() {
		return basis.orders();
	}

	/** Where the components of an order begin. */
	int offset(final int order) {
		return offsets[order];
	}

	/** Number of components of an order. */
	int size(final int order) {
		return offsets[order + 1] - offsets[order];
	}

	/** The signal's variance of each component. */
	double[] variances() {
		return variances.clone();
	}

	/** The components of an image without a particle, which lacks the mean of the stack. */
	float[] empty() {
		final float[] empty = new float[2 * length()];
		for (int c = 0; c < means.length; c++) empty[c] = (float) -means[c];
		return empty;
	}

	/** What an image of a group without a particle and without noise shows. */
	float[] shownEmpty(final int group) {
		final float[] shown = new float[2 * length()];
		for (int c = 0; c < centres[group].length; c++) shown[c] = -centres[group][c];
		return shown;
	}

	/** The diagonals of G of a group. */
	float[] gains(final int group) {
		final float[] diagonal = new float[length()];
		for (int k = 0; k < orders(); k++) for (int c = 0; c < size(k); c++) diagonal[offsets[k] + c] =
			(float) gains[group][k][c * size(k) + c];
		return diagonal;
	}

	/**
	 * What an image shows of the components.
	 *
	 * @param re real parts of its whitened coefficients
	 * @param im imaginary parts
	 * @param shown receives b
	 */
	void project(final int group, final float[] re, final float[] im, final float[] shown) {
		final int length = length();
		for (int k = 0; k < orders(); k++) {
			final int size = basis.size(k), first = basis.offset(k);
			final float[] projection = projections[group][k];
			for (int c = offsets[k], at = 0; c < offsets[k + 1]; c++) {
				float sumRe = 0, sumIm = 0;
				for (int q = 0; q < size; q++, at++) {
					sumRe += projection[at] * re[first + q];
					sumIm += projection[at] * im[first + q];
				}
				shown[c] = k == 0 ? sumRe - centres[group][c] : sumRe;
				shown[length + c] = sumIm;
			}
		}
	}

	/**
	 * The coefficients of an image from its components.
	 *
	 * @param re receives real parts, not whitened
	 * @param im receives imaginary parts
	 */
	void expand(final float[] components, final float[] re, final float[] im) {
		Arrays.fill(re, 0);
		Arrays.fill(im, 0);
		final int length = length();
		for (int k = 0; k < orders(); k++) {
			final int size = basis.size(k), first = basis.offset(k);
			for (int c = offsets[k], at = 0; c < offsets[k + 1]; c++) for (int q = 0; q < size; q++, at++) {
				re[first + q] += (float) (vectors[k][at] * components[c]);
				im[first + q] += (float) (vectors[k][at] * components[length + c]);
			}
		}
		for (int q = 0; q < basis.size(0); q++) re[q] += (float) mean[q];
	}

	/**
	 * The matrices {@code (V^-1 + G)^-1} that make components' posterior mean of {@code b + V^-1 m}, V and m their
	 * variances and means before the image was seen: order by order, row by row.
	 */
	float[] posterior(final int group, final double[] prior) {
		int blocks = 0;
		for (int k = 0; k < orders(); k++) blocks += size(k) * size(k);
		final float[] matrices = new float[blocks];
		for (int k = 0, at = 0; k < orders(); k++) {
			final int size = size(k);
			final double[] total = new double[size * size];
			for (int c = 0; c < size; c++) for (int d = 0; d < size; d++) total[c * size + d] = (c == d ? 1 : 0) + Math.sqrt(
				prior[offsets[k] + c] * prior[offsets[k] + d]) * gains[group][k][c * size + d];
			final double[] inverse = SymmetricMatrix.inverseOfPositive(size, total);
			for (int c = 0; c < size; c++) for (int d = 0; d < size; d++) matrices[at++] = (float) (Math.sqrt(
				prior[offsets[k] + c] * prior[offsets[k] + d]) * inverse[c * size + d]);
		}
		return matrices;
	}

	/** Applies matrices of all orders to components. */
	void multiply(final float[] matrices, final float[] source, final float[] target) {
		final int length = length();
		for (int k = 0, at = 0; k < orders(); k++) for (int c = offsets[k]; c < offsets[k + 1]; c++) {
			float re = 0, im = 0;
			for (int d = offsets[k]; d < offsets[k + 1]; d++, at++) {
				re += matrices[at] * source[d];
				im += matrices[at] * source[length + d];
			}
			target[c] = re;
			target[length + c] = im;
		}
	}

	private static float[] floats(final double[] values) {
		final float[] floats = new float[values.length];
		for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
		return floats;
	}
}
