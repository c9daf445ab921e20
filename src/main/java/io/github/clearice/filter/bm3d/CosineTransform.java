package io.github.clearice.filter.bm3d;

import java.util.Arrays;

/**
 * The orthonormal two-dimensional cosine transform (DCT-II) of stacks of small square
 * blocks. A stack holds the first rows of all its blocks one after the other, then all
 * second rows, and so on, so that inner loops are long; coefficients lie in columns
 * where pixels lie in rows. One instance a thread.
 */
final class CosineTransform {

	private final int edge;
	private final float[] matrix;
	private final float[] transposed;
	private final float[] half;

	/**
	 * @param edge length of the blocks in pixels
	 * @param most blocks in a stack
	 */
	CosineTransform(final int edge, final int most) {
		this.edge = edge;
		matrix = new float[edge * edge];
		transposed = new float[edge * edge];
		half = new float[edge * edge * most];
		for (int k = 0; k < edge; k++) for (int x = 0; x < edge; x++) {
			matrix[k * edge + x] = (float) (Math.sqrt((k == 0 ? 1.0 : 2.0) / edge) * Math.cos(Math.PI * k * (2 * x + 1) / (2 *
				edge)));
			transposed[x * edge + k] = matrix[k * edge + x];
		}
	}

	/** Blocks to coefficients, in place; that of the mean is the first of its block. */
	void forward(final float[] stack, final int count) {
		multiply(matrix, stack, half, count);
		transpose(half, stack, count);
		multiply(matrix, stack, half, count);
		System.arraycopy(half, 0, stack, 0, edge * edge * count);
	}

	/** Coefficients to blocks, in place. */
	void inverse(final float[] stack, final int count) {
		multiply(transposed, stack, half, count);
		transpose(half, stack, count);
		multiply(transposed, stack, half, count);
		System.arraycopy(half, 0, stack, 0, edge * edge * count);
	}

	/** The product with the columns of all blocks at once. */
	private void multiply(final float[] by, final float[] stack, final float[] product, final int count) {
		final int length = count * edge;
		Arrays.fill(product, 0, edge * length, 0);
		for (int k = 0; k < edge; k++) for (int y = 0; y < edge; y++) {
			final float factor = by[k * edge + y];
			final int to = k * length, from = y * length;
			for (int i = 0; i < length; i++) product[to + i] += factor * stack[from + i];
		}
	}

	private void transpose(final float[] source, final float[] target, final int count) {
		for (int y = 0; y < edge; y++) for (int b = 0; b < count; b++) for (int x = 0; x < edge; x++) {
			target[(x * count + b) * edge + y] = source[(y * count + b) * edge + x];
		}
	}
}
