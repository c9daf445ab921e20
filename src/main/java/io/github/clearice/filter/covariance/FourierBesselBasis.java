package io.github.clearice.filter.covariance;

import io.github.clearice.fourier.PolarGrid;
import io.github.clearice.task.ParallelLoop;

import java.util.List;

/**
 * The Fourier-Bessel functions of images of one box, which turn into themselves
 * times a phase when an image is rotated: in Fourier space
 * {@code psi_kq(xi, theta) = N_kq J_k(R_kq xi / c) exp(i k theta)} for frequencies
 * xi up to c = 1/2 a pixel, with R_kq the q-th zero of J_k and
 * {@code N_kq = 1 / (c sqrt(pi) |J_k+1(R_kq)|)}. They are orthonormal, so white
 * noise of variance s has coefficients of variance s. Functions with
 * {@code R_kq <= 2 pi c r} are kept: those that lie within r = box / 2 of the
 * image's centre. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1364/JOSAA.30.000871">Zhao and Singer 2013</a>, equations 6 to 9
 */
final class FourierBesselBasis {

	private static final double BAND = 0.5;

	private final PolarGrid grid;
	private final double[][] zeros;
	/** For each order: functions by circles, row by row. */
	private final float[][] radial;
	private final int[] offsets;
	private final int[] blockOffsets;

	FourierBesselBasis(final int box) {
		grid = new PolarGrid(box);
		final List<double[]> all = BesselFunctions.zeros(Math.PI * box * BAND);
		zeros = all.toArray(new double[0][]);
		offsets = new int[zeros.length + 1];
		blockOffsets = new int[zeros.length + 1];
		for (int k = 0; k < zeros.length; k++) {
			offsets[k + 1] = offsets[k] + zeros[k].length;
			blockOffsets[k + 1] = blockOffsets[k] + zeros[k].length * zeros[k].length;
		}
		radial = new float[zeros.length][];
		final double[] radii = grid.radii();
		ParallelLoop.run(zeros.length, 1, thread -> k -> radial[(int) k] = functions((int) k, radii));
	}

	PolarGrid grid() {
		return grid;
	}

	/** Number of orders k: 0 .. orders - 1. */
	int orders() {
		return zeros.length;
	}

	/** Number of functions of an order. */
	int size(final int order) {
		return zeros[order].length;
	}

	/** Where the coefficients of an order begin. */
	int offset(final int order) {
		return offsets[order];
	}

	/** Number of all coefficients. */
	int length() {
		return offsets[orders()];
	}

	/** Where the square matrix of an order begins among those of all orders. */
	int blockOffset(final int order) {
		return blockOffsets[order];
	}

	/** Number of entries of the square matrices of all orders. */
	int blockLength() {
		return blockOffsets[orders()];
	}

	/** Values of the radial functions of an order, {@code [size][circles]}; not to be changed. */
	float[] radial(final int order) {
		return radial[order];
	}

	/** How many real coefficients one of an order stands for: two from order 1 on, as -k goes with k. */
	static int multiplicity(final int order) {
		return order == 0 ? 1 : 2;
	}

	/**
	 * A filter that depends on the frequency's magnitude alone, in this basis: for
	 * each order the matrix {@code 2 pi integral of t psi_q psi_q' xi}.
	 *
	 * @param factors t on each circle of the grid
	 * @return {@link #blockLength()} numbers, symmetric matrices order by order
	 */
	float[] matrices(final double[] factors) {
		final double[] radii = grid.radii(), weights = grid.weights();
		final float[] matrices = new float[blockLength()];
		final int circles = radii.length;
		for (int k = 0; k < orders(); k++)
			for (int p = 0; p < size(k); p++)
				for (int q = 0; q <= p; q++) {
					double sum = 0;
					for (int j = 0; j < circles; j++)
						sum += 2 * Math.PI * weights[j] * radii[j] * factors[j] * radial[k][p * circles + j] * radial[k][q *
							circles + j];
					matrices[blockOffsets[k] + p * size(k) + q] = (float) sum;
					matrices[blockOffsets[k] + q * size(k) + p] = (float) sum;
				}
		return matrices;
	}

	private float[] functions(final int order, final double[] radii) {
		final float[] functions = new float[zeros[order].length * radii.length];
		for (int q = 0, at = 0; q < zeros[order].length; q++) {
			final double zero = zeros[order][q];
			final double norm = 1 / (BAND * Math.sqrt(Math.PI) * Math.abs(BesselFunctions.upTo(order + 1, zero)[order + 1]));
			for (final double radius : radii) functions[at++] = (float) (norm * BesselFunctions.upTo(order, zero * radius /
				BAND)[order]);
		}
		return functions;
	}
}
