package io.github.clearice.filter.covariance;

import io.github.clearice.task.ParallelLoop;

/**
 * Mean and covariance of the coefficients of the clean images of a stack, rotated
 * about its centre by all angles.
 * <p>
 * The mean solves {@code sum_g n_g M_g mu = sum_g A_g y} with {@code M_g = A_g^2}, the
 * covariance of each order {@code sum_g w_g M_g S M_g = B - sum_g w_g M_g}, with B the
 * covariance of {@code A_g y} and w_g the groups' shares. Before it is solved, by
 * conjugate gradients, the eigenvalues of B are made those of the signal alone, in
 * the frame in which its noise {@code sum_g w_g M_g} is white.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2016.04.013">Bhamre, Zhang and Singer 2016</a>, equations 9 to 17
 */
final class SteerableCovariance {

	private static final int ITERATIONS = 30;
	private static final double TOLERANCE = 1e-4;
	/** What groups together pass less of than this part of the best is lost. */
	private static final double LEAST_PASSED = 1e-6;

	private final SteerableObservation observation;
	private final SteerableMoments moments;
	private final boolean shrinks;
	private final double[] mean;
	private final double[][] blocks;

	/** The covariance of the signal in noisy images. */
	static SteerableCovariance ofNoisy(final SteerableObservation observation, final SteerableMoments moments) {
		return new SteerableCovariance(observation, moments, true);
	}

	/** The covariance of clean images, put through the observation without noise. */
	static SteerableCovariance ofClean(final SteerableObservation observation, final SteerableMoments moments) {
		return new SteerableCovariance(observation, moments, false);
	}

	private SteerableCovariance(final SteerableObservation observation, final SteerableMoments moments,
		final boolean shrinks)
	{
		this.observation = observation;
		this.moments = moments;
		this.shrinks = shrinks;
		mean = solveMean();
		blocks = new double[observation.basis().orders()][];
		ParallelLoop.run(blocks.length, 1, thread -> order -> blocks[(int) order] = solve((int) order));
	}

	/** The mean of the coefficients of order 0; those of other orders have mean 0. */
	double[] mean() {
		return mean;
	}

	/** The covariance of the coefficients of an order, real and symmetric, row by row. */
	double[] block(final int order) {
		return blocks[order];
	}

	private double[] solveMean() {
		final int size = observation.basis().size(0);
		final double[] total = new double[size];
		for (int g = 0; g < observation.groups(); g++)
			for (int q = 0; q < size; q++)
				total[q] += moments.sum(g)[q] / moments.images();
		return times(size, inverse(new SymmetricMatrix(size, passed(0)), -1), total);
	}

	private double[] solve(final int order) {
		final FourierBesselBasis basis = observation.basis();
		final int size = basis.size(order);
		final double[] second = new double[size * size];
		for (int i = 0; i < second.length; i++) second[i] = moments.squares()[basis.blockOffset(order) + i] / moments
			.images();
		if (order == 0) removeMean(second);
		final SymmetricMatrix passed = new SymmetricMatrix(size, passed(order));
		final double[] signal = shrinks ? shrink(order, second, passed) : second;
		final double[] covariance = conjugateGradients(order, signal, inverse(passed, -1));
		return new SymmetricMatrix(size, covariance).map(value -> Math.max(0, value));
	}

	/** From the mean of z z^H to that of the deviations of z from the mean of its group. */
	private void removeMean(final double[] second) {
		final int size = observation.basis().size(0);
		for (int g = 0; g < observation.groups(); g++) {
			final double[] matrix = observation.matrix(g, 0);
			final double[] expected = times(size, matrix, times(size, matrix, mean));
			final double[] sum = moments.sum(g);
			for (int p = 0; p < size; p++) for (int q = 0; q < size; q++) second[p * size + q] += (moments.count(g) *
				expected[p] * expected[q] - sum[p] * expected[q] - expected[p] * sum[q]) / moments.images();
		}
	}

	private double[] shrink(final int order, final double[] second, final SymmetricMatrix passed) {
		final int size = observation.basis().size(order);
		// Real and imaginary parts are two samples.
		final EigenvalueShrinkage shrinkage = new EigenvalueShrinkage((double) size / (FourierBesselBasis.multiplicity(
			order) * moments.images()));
		final double[] white = SymmetricMatrix.congruence(size, inverse(passed, -0.5), second);
		final double[] signal = new SymmetricMatrix(size, white).map(shrinkage::signal);
		return SymmetricMatrix.congruence(size, passed.map(value -> Math.sqrt(Math.max(0, value))), signal);
	}

	/** {@code sum_g w_g M_g}: the noise of z, and what of the signal passes. */
	double[] passed(final int order) {
		final int size = observation.basis().size(order);
		final double[] passed = new double[size * size];
		for (int g = 0; g < observation.groups(); g++) {
			if (moments.count(g) == 0) continue;
			final double[] matrix = observation.matrix(g, order);
			final double[] square = SymmetricMatrix.product(size, matrix, matrix);
			final double share = (double) moments.count(g) / moments.images();
			for (int i = 0; i < passed.length; i++) passed[i] += share * square[i];
		}
		return passed;
	}

	/** A power of a matrix, without what is lost by it. */
	static double[] inverse(final SymmetricMatrix matrix, final double power) {
		final double least = LEAST_PASSED * matrix.largestValue();
		return matrix.map(value -> value > least ? Math.pow(value, power) : 0);
	}

	/** Preconditioned by the exact solution for groups that all equal their mean. */
	private double[] conjugateGradients(final int order, final double[] right, final double[] inverse) {
		final int size = observation.basis().size(order);
		final double[][] squares = new double[observation.groups()][];
		for (int g = 0; g < squares.length; g++) {
			final double[] matrix = observation.matrix(g, order);
			squares[g] = SymmetricMatrix.product(size, matrix, matrix);
		}
		final double[] solution = new double[right.length], residual = right.clone();
		double[] direction = SymmetricMatrix.congruence(size, inverse, residual);
		double slope = dot(residual, direction);
		final double goal = TOLERANCE * TOLERANCE * slope;
		for (int i = 0; i < ITERATIONS && slope > goal; i++) {
			final double[] image = apply(size, squares, direction);
			final double step = slope / dot(direction, image);
			for (int j = 0; j < solution.length; j++) {
				solution[j] += step * direction[j];
				residual[j] -= step * image[j];
			}
			final double[] next = SymmetricMatrix.congruence(size, inverse, residual);
			final double nextSlope = dot(residual, next);
			for (int j = 0; j < next.length; j++) next[j] += nextSlope / slope * direction[j];
			direction = next;
			slope = nextSlope;
		}
		return solution;
	}

	private double[] apply(final int size, final double[][] squares, final double[] matrix) {
		final double[] sum = new double[matrix.length];
		for (int g = 0; g < squares.length; g++) {
			if (moments.count(g) == 0) continue;
			final double share = (double) moments.count(g) / moments.images();
			final double[] part = SymmetricMatrix.congruence(size, squares[g], matrix);
			for (int i = 0; i < sum.length; i++) sum[i] += share * part[i];
		}
		return sum;
	}

	private static double[] times(final int size, final double[] matrix, final double[] vector) {
		final double[] product = new double[size];
		for (int p = 0; p < size; p++) for (int q = 0; q < size; q++) product[p] += matrix[p * size + q] * vector[q];
		return product;
	}

	private static double dot(final double[] first, final double[] second) {
		double sum = 0;
		for (int i = 0; i < first.length; i++) sum += first[i] * second[i];
		return sum;
	}
}
