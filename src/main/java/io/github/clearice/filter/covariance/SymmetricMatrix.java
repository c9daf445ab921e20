package io.github.clearice.filter.covariance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What estimation of covariances needs of small symmetric matrices, held row by
 * row.
 */
final class SymmetricMatrix {

	private static final int SWEEPS = 60;
	private static final double TOLERANCE = 1e-26;

	private final int size;
	private final double[] vectors;
	private final double[] values;

	/** Eigenvalues and eigenvectors by Jacobi's rotations (Golub and Van Loan, section 8.5). */
	SymmetricMatrix(final int size, final double[] matrix) {
		this.size = size;
		final double[] a = matrix.clone();
		vectors = new double[size * size];
		for (int i = 0; i < size; i++) vectors[i * size + i] = 1;
		double all = 0;
		for (final double entry : a) all += entry * entry;
		for (int sweep = 0; sweep < SWEEPS && offDiagonal(a) > TOLERANCE * all; sweep++) {
			for (int p = 0; p < size; p++) for (int q = p + 1; q < size; q++) rotate(a, p, q);
		}
		values = new double[size];
		for (int i = 0; i < size; i++) values[i] = a[i * size + i];
	}

	double largestValue() {
		return Arrays.stream(values).max().orElse(0);
	}

	/** The matrix with a function applied to its eigenvalues. */
	double[] map(final DoubleUnaryOperator function) {
		final double[] mapped = new double[size * size];
		for (int v = 0; v < size; v++) {
			final double value = function.applyAsDouble(values[v]);
			if (value == 0) continue;
			// Row v of vectors is an eigenvector.
			for (int i = 0; i < size; i++) {
				final double factor = value * vectors[v * size + i];
				for (int j = 0; j < size; j++) mapped[i * size + j] += factor * vectors[v * size + j];
			}
		}
		return mapped;
	}

	/** The product of two square matrices. */
	static double[] product(final int size, final double[] first, final double[] second) {
		final double[] product = new double[size * size];
		for (int i = 0; i < size; i++) for (int k = 0; k < size; k++) {
			final double factor = first[i * size + k];
			if (factor == 0) continue;
			for (int j = 0; j < size; j++) product[i * size + j] += factor * second[k * size + j];
		}
		return product;
	}

	/** {@code outer inner outer}. */
	static double[] congruence(final int size, final double[] outer, final double[] inner) {
		return product(size, product(size, outer, inner), outer);
	}

	/** The inverse of a positive definite matrix, by Gauss and Jordan's elimination, which needs no pivots there. */
	static double[] inverseOfPositive(final int size, final double[] matrix) {
		final double[] a = matrix.clone();
		for (int pivot = 0; pivot < size; pivot++) {
			final double scale = 1 / a[pivot * size + pivot];
			a[pivot * size + pivot] = 1;
			for (int j = 0; j < size; j++) a[pivot * size + j] *= scale;
			for (int i = 0; i < size; i++) {
				if (i == pivot) continue;
				final double factor = a[i * size + pivot];
				a[i * size + pivot] = 0;
				for (int j = 0; j < size; j++) a[i * size + j] -= factor * a[pivot * size + j];
			}
		}
		return a;
	}

	private double offDiagonal(final double[] a) {
		double sum = 0;
		for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) if (i != j) sum += a[i * size + j] * a[i * size + j];
		return sum;
	}

	/** Makes entry (p, q) zero; the matrix stays symmetric. */
	private void rotate(final double[] a, final int p, final int q) {
		final double entry = a[p * size + q];
		if (entry == 0) return;
		final double theta = (a[q * size + q] - a[p * size + p]) / (2 * entry);
		final double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
		final double cosine = 1 / Math.sqrt(tangent * tangent + 1), sine = tangent * cosine;
		turnRows(a, p, q, cosine, sine);
		for (int i = 0; i < size; i++) {
			final double atP = a[i * size + p], atQ = a[i * size + q];
			a[i * size + p] = cosine * atP - sine * atQ;
			a[i * size + q] = sine * atP + cosine * atQ;
		}
		turnRows(vectors, p, q, cosine, sine);
	}

	private void turnRows(final double[] a, final int p, final int q, final double cosine, final double sine) {
		for (int j = 0; j < size; j++) {
			final double atP = a[p * size + j], atQ = a[q * size + j];
			a[p * size + j] = cosine * atP - sine * atQ;
			a[q * size + j] = sine * atP + cosine * atQ;
		}
	}
}
