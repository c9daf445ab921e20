package io.github.clearice.evaluate.cluster;

import java.util.Arrays;

/**
 * One column for each row at the least cost: the Hungarian method by shortest augmenting paths (Jonker, Volgenant
 * 1987).
 */
final class Assignment {

	private Assignment() {}

	/**
	 * Finds the assignment.
	 *
	 * @param costs {@code [row][column]}, as many rows as columns
	 * @return the column of each row
	 */
	static int[] solve(final double[][] costs) {
		final int size = costs.length;
		final int[] rowOf = new int[size];
		Arrays.fill(rowOf, -1);
		final double[] rowPrice = new double[size], columnPrice = new double[size];
		for (int row = 0; row < size; row++) augment(costs, row, rowOf, rowPrice, columnPrice);
		final int[] columnOf = new int[size];
		for (int column = 0; column < size; column++) columnOf[rowOf[column]] = column;
		return columnOf;
	}

	/** Finds a column for one more row, moving others where that is cheaper. */
	private static void augment(final double[][] costs, final int start, final int[] rowOf, final double[] rowPrice,
		final double[] columnPrice)
	{
		final int size = costs.length;
		final double[] way = new double[size];
		final int[] before = new int[size];
		final boolean[] done = new boolean[size];
		Arrays.fill(way, Double.POSITIVE_INFINITY);
		Arrays.fill(before, -1);
		int row = start, last = -1;
		double length = 0;
		while (true) {
			int next = -1;
			for (int column = 0; column < size; column++) {
				if (done[column]) continue;
				final double here = length + costs[row][column] - rowPrice[row] - columnPrice[column];
				if (here < way[column]) {
					way[column] = here;
					before[column] = last;
				}
				if (next < 0 || way[column] < way[next]) next = column;
			}
			length = way[next];
			done[next] = true;
			last = next;
			if (rowOf[next] < 0) break;
			row = rowOf[next];
		}
		rowPrice[start] += length;
		for (int column = 0; column < size; column++) {
			if (!done[column] || column == last) continue;
			rowPrice[rowOf[column]] += length - way[column];
			columnPrice[column] -= length - way[column];
		}
		for (int column = last; column >= 0; column = before[column]) rowOf[column] = before[column] < 0 ? start
			: rowOf[before[column]];
	}
}
