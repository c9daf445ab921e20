package io.github.clearice.classical;

/** The orthonormal two-dimensional cosine transform (DCT-II) of small square blocks. One instance a thread. */
final class CosineTransform {

	private final int edge;
	private final float[] matrix;
	private final float[] transposed;
	private final float[] half;

	/** @param edge length of the blocks in pixels */
	CosineTransform(final int edge) {
		this.edge = edge;
		matrix = new float[edge * edge];
		transposed = new float[edge * edge];
		half = new float[edge * edge];
		for (int k = 0; k < edge; k++) for (int x = 0; x < edge; x++) {
			matrix[k * edge + x] = (float) (Math.sqrt((k == 0 ? 1.0 : 2.0) / edge) * Math.cos(Math.PI * k * (2 * x + 1) / (2 *
				edge)));
			transposed[x * edge + k] = matrix[k * edge + x];
		}
	}

	/** Block to coefficients, in place, the mean's first. */
	void forward(final float[] block) {
		multiply(matrix, block, half);
		multiply(half, transposed, block);
	}

	/** Coefficients to block, in place. */
	void inverse(final float[] block) {
		multiply(transposed, block, half);
		multiply(half, matrix, block);
	}

	private void multiply(final float[] first, final float[] second, final float[] product) {
		for (int row = 0; row < edge; row++) {
			final int at = row * edge;
			for (int x = 0; x < edge; x++) product[at + x] = first[at] * second[x];
			for (int k = 1; k < edge; k++) {
				final float factor = first[at + k];
				final int from = k * edge;
				for (int x = 0; x < edge; x++) product[at + x] += factor * second[from + x];
			}
		}
	}
}
