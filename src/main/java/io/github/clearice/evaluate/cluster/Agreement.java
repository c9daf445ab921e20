package io.github.clearice.evaluate.cluster;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;

/**
 * How well clusters agree with true classes.
 *
 * @param adjustedRand index of Hubert and Arabie 1985: 1 for the same division, 0 for chance
 * @param mutualInformation normalised by the mean of both entropies (Strehl and Ghosh 2002), 0 to 1
 * @param accuracy share of points in the right class, with each cluster given the class that makes it greatest and no
 *          class given twice
 */
public record Agreement(double adjustedRand, double mutualInformation, double accuracy) {

	/**
	 * Compares two divisions.
	 *
	 * @param clusters of the points, from 0
	 * @param classes of the same points, from 0
	 * @throws ParameterException if their numbers differ
	 */
	public static Agreement of(final int[] clusters, final int[] classes) {
		requireSame(clusters.length, classes.length);
		final int rows = Arrays.stream(clusters).max().orElse(0) + 1, columns = Arrays.stream(classes).max().orElse(0) + 1;
		final int[][] table = new int[rows][columns];
		for (int i = 0; i < clusters.length; i++) table[clusters[i]][classes[i]]++;
		return new Agreement(adjustedRand(table), mutualInformation(table), accuracy(table));
	}

	/** @throws ParameterException if there are more or fewer labels than images */
	public static void requireSame(final int images, final int labels) {
		if (images != labels) throw new ParameterException("There are " + images + " images, but " + labels +
			" labels. Give a label for each image.");
	}

	private static double adjustedRand(final int[][] table) {
		final int[] rows = rowSums(table), columns = columnSums(table);
		double both = 0;
		for (final int[] row : table) for (final int count : row) both += pairs(count);
		final double first = Arrays.stream(rows).mapToDouble(Agreement::pairs).sum();
		final double second = Arrays.stream(columns).mapToDouble(Agreement::pairs).sum();
		final double chance = first * second / pairs(Arrays.stream(rows).sum());
		final double most = (first + second) / 2;
		return most == chance ? 1 : (both - chance) / (most - chance);
	}

	private static double pairs(final int count) {
		return count * (count - 1.0) / 2;
	}

	private static double mutualInformation(final int[][] table) {
		final int[] rows = rowSums(table), columns = columnSums(table);
		final double total = Arrays.stream(rows).sum();
		double information = 0;
		for (int r = 0; r < rows.length; r++) for (int c = 0; c < columns.length; c++) {
			if (table[r][c] > 0) information += table[r][c] / total * Math.log(table[r][c] * total / ((double) rows[r] *
				columns[c]));
		}
		final double entropies = entropy(rows, total) + entropy(columns, total);
		return entropies == 0 ? 1 : 2 * information / entropies;
	}

	private static double entropy(final int[] counts, final double total) {
		double sum = 0;
		for (final int count : counts) if (count > 0) sum -= count / total * Math.log(count / total);
		return sum;
	}

	private static double accuracy(final int[][] table) {
		final int size = Math.max(table.length, table[0].length);
		final double[][] costs = new double[size][size];
		for (int r = 0; r < table.length; r++) for (int c = 0; c < table[r].length; c++) costs[r][c] = -table[r][c];
		double right = 0;
		final int[] matched = Assignment.solve(costs);
		for (int r = 0; r < table.length; r++) if (matched[r] < table[r].length) right += table[r][matched[r]];
		return right / Arrays.stream(rowSums(table)).sum();
	}

	private static int[] rowSums(final int[][] table) {
		return Arrays.stream(table).mapToInt(row -> Arrays.stream(row).sum()).toArray();
	}

	private static int[] columnSums(final int[][] table) {
		final int[] sums = new int[table[0].length];
		for (final int[] row : table) for (int c = 0; c < sums.length; c++) sums[c] += row[c];
		return sums;
	}
}
