package io.github.clearice.micrograph;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;

/**
 * The mean and the spread of a micrograph about each of its pixels.
 * <p>
 * Ice is thicker here than there, and carbon is darker than ice: one mean for all
 * would leave ramps. A mean for each tile would differ between tiles that overlap.
 * So both are taken over blocks of {@value #BLOCK} pixels, smoothed with a Gaussian
 * that is wide against the particles, and interpolated: they change slowly, and
 * every tile sees the same at a pixel. The spread is that within blocks and of
 * blocks about the smooth mean, so that a ramp does not count; blocks that vary by
 * more than {@value #OUTLIER} times the median of all, with a hot pixel or a crystal
 * of ice, count as if by that.
 */
final class LocalScale {

	private static final int BLOCK = 16;
	private static final double OUTLIER = 4;

	private final int width;
	private final int columns;
	private final int rows;
	private final Smoothing smoothing;
	private final float[] means;
	private final float[] deviations;

	/**
	 * Measures a micrograph.
	 *
	 * @param windowPixels twice the standard deviation of the Gaussian
	 * @throws ParameterException if all pixels are equal
	 */
	LocalScale(final Micrograph micrograph, final double windowPixels) {
		width = micrograph.width();
		columns = (width + BLOCK - 1) / BLOCK;
		rows = (micrograph.height() + BLOCK - 1) / BLOCK;
		final double[] blockMeans = new double[rows * columns], variances = new double[rows * columns];
		measure(micrograph, blockMeans, variances);
		smoothing = new Smoothing(columns, rows, windowPixels / 2 / BLOCK);
		means = smoothing.apply(blockMeans);
		for (int i = 0; i < variances.length; i++) variances[i] += Math.pow(blockMeans[i] - means[i], 2);
		final double[] sorted = variances.clone();
		Arrays.sort(sorted);
		final double median = sorted[sorted.length / 2];
		if (median > 0) for (int i = 0; i < variances.length; i++) variances[i] = Math.min(variances[i], OUTLIER * median);
		deviations = smoothing.apply(variances);
		for (int i = 0; i < deviations.length; i++) {
			deviations[i] = (float) Math.sqrt(deviations[i]);
			if (!(deviations[i] > 0)) throw new ParameterException(micrograph.name() +
				" is the same everywhere about pixel (" + i % columns * BLOCK + ", " + i / columns * BLOCK +
				"): there is nothing to work on. Leave it out.");
		}
	}

	private void measure(final Micrograph micrograph, final double[] blockMeans, final double[] variances) {
		for (int block = 0; block < blockMeans.length; block++) measure(micrograph, block, blockMeans, variances);
	}

	private void measure(final Micrograph micrograph, final int block, final double[] blockMeans,
		final double[] variances)
	{
		final int left = block % columns * BLOCK, top = block / columns * BLOCK;
		final int right = Math.min(width, left + BLOCK), bottom = Math.min(micrograph.height(), top + BLOCK);
		final double count = (double) (right - left) * (bottom - top);
		double sum = 0, squares = 0;
		for (int y = top; y < bottom; y++) for (int x = left; x < right; x++) sum += micrograph.pixels()[y * width + x];
		final double mean = sum / count;
		for (int y = top; y < bottom; y++) for (int x = left; x < right; x++) {
			final double difference = micrograph.pixels()[y * width + x] - mean;
			squares += difference * difference;
		}
		blockMeans[block] = mean;
		variances[block] = squares / count;
	}

	/** The spread in the middle of all, to which noise levels that hold for the whole micrograph relate. */
	double medianDeviation() {
		final float[] sorted = deviations.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	/** Takes the mean off and divides by the spread, in place. */
	void normalise(final float[] pixels) {
		apply(pixels, means, true);
	}

	/** Undoes {@link #normalise}, in place. */
	void restore(final float[] pixels) {
		apply(pixels, means, false);
	}

	/**
	 * Takes the smooth mean of another micrograph of this size off it and divides by the spread of this one, in place.
	 */
	void normaliseAs(final Micrograph other) {
		final double[] blockMeans = new double[rows * columns];
		measure(other, blockMeans, new double[rows * columns]);
		apply(other.pixels(), smoothing.apply(blockMeans), true);
	}

	private void apply(final float[] pixels, final float[] offsets, final boolean forth) {
		for (int y = 0, at = 0; at < pixels.length; y++) {
			final float row = place(y, rows);
			final int top = (int) row, bottom = Math.min(rows - 1, top + 1);
			for (int x = 0; x < width; x++, at++) {
				final float column = place(x, columns);
				final int left = (int) column, right = Math.min(columns - 1, left + 1);
				final float down = row - top, along = column - left;
				final int[] corners = { top * columns + left, top * columns + right, bottom * columns + left, bottom * columns +
					right };
				final float mean = mix(offsets, corners, along, down), deviation = mix(deviations, corners, along, down);
				pixels[at] = forth ? (pixels[at] - mean) / deviation : pixels[at] * deviation + mean;
			}
		}
	}

	/** Where a pixel lies among the middles of the blocks. */
	private static float place(final int pixel, final int blocks) {
		return Math.max(0, Math.min(blocks - 1, (pixel + 0.5f) / BLOCK - 0.5f));
	}

	private static float mix(final float[] values, final int[] corners, final float along, final float down) {
		final float upper = values[corners[0]] + along * (values[corners[1]] - values[corners[0]]);
		final float lower = values[corners[2]] + along * (values[corners[3]] - values[corners[2]]);
		return upper + down * (lower - upper);
	}

	/**
	 * Weighs the neighbours of each point of a small grid by a Gaussian; beyond the
	 * grid there are none.
	 *
	 * @param columns of the grid
	 * @param rows of the grid
	 * @param sigma standard deviation of the Gaussian in steps of the grid
	 */
	private record Smoothing(int columns, int rows, double sigma) {

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
}
