package io.github.clearice.filter.covariance;

import java.util.function.DoubleUnaryOperator;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * What estimation of covariances needs of small symmetric matrices, held row by
 * row.
 */
final class SymmetricMatrix {

	private final int size;
	private final EigenDecomposition eigen;

	/** @param matrix row by row */
	SymmetricMatrix(final int size, final double[] matrix) {
		this.size = size;
		final double[][] rows = new double[size][size];
		// Rounding leaves products a little unsymmetric, by which the library would take them for general matrices.
		for (int i = 0; i < size; i++) for (int j = 0; j <= i; j++) {
			rows[i][j] = (matrix[i * size + j] + matrix[j * size + i]) / 2;
			rows[j][i] = rows[i][j];
		}
		eigen = new EigenDecomposition(new Array2DRowRealMatrix(rows, false));
	}

	double largestValue() {
		return value(0);
	}

	/** An eigenvalue; they come in descending order. */
	double value(final int number) {
		return eigen.getRealEigenvalue(number);
	}

	/** The eigenvector of length 1 of an eigenvalue. */
	double[] vector(final int number) {
		return eigen.getEigenvector(number).toArray();
	}

	/** The matrix with a function applied to its eigenvalues. */
	double[] map(final DoubleUnaryOperator function) {
		final double[] mapped = new double[size * size];
		for (int v = 0; v < size; v++) {
			final double value = function.applyAsDouble(eigen.getRealEigenvalue(v));
			if (value == 0) continue;
			final double[] vector = eigen.getEigenvector(v).toArray();
			for (int i = 0; i < size; i++) {
				final double factor = value * vector[i];
				for (int j = 0; j < size; j++) mapped[i * size + j] += factor * vector[j];
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
}
