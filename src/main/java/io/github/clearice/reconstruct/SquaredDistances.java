package io.github.clearice.reconstruct;

import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;

/**
 * The squared distance of each voxel of a cube to the nearest one of a set, exactly, in time that does not depend on
 * the distances.
 *
 * @see <a href="https://doi.org/10.4086/toc.2012.v008a019">Felzenszwalb and Huttenlocher 2012</a>, section 2
 */
final class SquaredDistances {

	/** Larger than any squared distance in a box, and small enough that differences keep whole numbers. */
	private static final float FAR = 1 << 23;

	private SquaredDistances() {}

	/**
	 * In voxels squared; {@code 2^23} or more where the set is empty.
	 *
	 * @param set {@code box^3} voxels
	 */
	static float[] to(final boolean[] set, final int box) {
		final float[] squares = new float[set.length];
		for (int i = 0; i < set.length; i++) squares[i] = set[i] ? 0 : FAR;
		final int plane = box * box;
		alongLines(squares, box, 1, plane, box);
		alongLines(squares, box, box, plane, 1);
		alongLines(squares, box, plane, box, 1);
		return squares;
	}

	/**
	 * @param step from one voxel of a line to the next
	 * @param outer from one sheet of lines to the next
	 * @param inner from one line of a sheet to the next
	 */
	private static void alongLines(final float[] squares, final int box, final int step, final int outer,
		final int inner)
	{
		ParallelLoop.run(box, 1, thread -> {
			final float[] line = new float[box];
			final int[] lowest = new int[box];
			final double[] begins = new double[box + 1];
			return sheet -> {
				for (int i = 0; i < box; i++) {
					final int first = (int) sheet * outer + i * inner;
					for (int x = 0; x < box; x++) line[x] = squares[first + x * step];
					fill(line, lowest, begins, squares, first, step);
				}
			};
		});
	}

	/** The lower envelope of parabolas that stand on the values of a line. */
	private static void fill(final float[] line, final int[] lowest, final double[] begins, final float[] target,
		final int first, final int step)
	{
		int last = 0;
		lowest[0] = 0;
		Arrays.fill(begins, Double.POSITIVE_INFINITY);
		begins[0] = Double.NEGATIVE_INFINITY;
		for (int x = 1; x < line.length; x++) {
			double crossing = crossing(line, x, lowest[last]);
			while (crossing <= begins[last]) crossing = crossing(line, x, lowest[--last]);
			lowest[++last] = x;
			begins[last] = crossing;
			begins[last + 1] = Double.POSITIVE_INFINITY;
		}
		for (int x = 0, k = 0; x < line.length; x++) {
			while (begins[k + 1] < x) k++;
			final int distance = x - lowest[k];
			target[first + x * step] = Math.min(FAR, distance * distance + line[lowest[k]]);
		}
	}

	private static double crossing(final float[] line, final int right, final int left) {
		return ((line[right] + (double) right * right) - (line[left] + (double) left * left)) / (2.0 * (right - left));
	}
}
