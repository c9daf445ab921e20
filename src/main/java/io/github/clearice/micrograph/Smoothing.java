package io.github.clearice.micrograph;

/**
 * Weighs the neighbours of each point of a small grid by a Gaussian; beyond the
 * grid there are none.
 *
 * @param columns of the grid
 * @param rows of the grid
 * @param sigma standard deviation of the Gaussian in steps of the grid
 */
record Smoothing(int columns, int rows, double sigma) {

	float[] apply(final double[] values) {
		final double[] along = new double[values.length];
		final float[] both = new float[values.length];
		final double[] weights = new double[(int) Math.ceil(3 * sigma) + 1];
		for (int i = 0; i < weights.length; i++) weights[i] = sigma > 0 ? Math.exp(-0.5 * i * i / (sigma * sigma)) : 1;
		for (int y = 0; y < rows; y++) for (int x = 0; x < columns; x++) {
			along[y * columns + x] = mean(values, y * columns, 1, x, columns, weights);
		}
		for (int y = 0; y < rows; y++) for (int x = 0; x < columns; x++) {
			both[y * columns + x] = (float) mean(along, x, columns, y, rows, weights);
		}
		return both;
	}

	private static double mean(final double[] values, final int first, final int step, final int at, final int count,
		final double[] weights)
	{
		double sum = 0, total = 0;
		for (int i = Math.max(0, at - weights.length + 1); i < Math.min(count, at + weights.length); i++) {
			final double weight = weights[Math.abs(i - at)];
			sum += weight * values[first + i * step];
			total += weight;
		}
		return sum / total;
	}
}
