package io.github.clearice.filter.bm3d;

import io.github.clearice.fourier.ModifiedBessel;

import java.util.Arrays;

/** A weighted mean of overlapping blocks, each faded towards its edges by a Kaiser window. One instance a thread. */
final class BlockAggregation {

	/** The paper's shape of the window. */
	private static final double KAISER_BETA = 2;

	private final int box;
	private final int block;
	private final float[] window;
	private final float[] sums;
	private final float[] weights;

	BlockAggregation(final int box, final int block) {
		this.box = box;
		this.block = block;
		window = new float[block * block];
		for (int y = 0; y < block; y++) for (int x = 0; x < block; x++) window[y * block + x] = (float) (kaiser(y) * kaiser(
			x));
		sums = new float[box * box];
		weights = new float[box * box];
	}

	void clear() {
		Arrays.fill(sums, 0);
		Arrays.fill(weights, 0);
	}

	/**
	 * Adds one block of a stack.
	 *
	 * @param stack as {@link CosineTransform} has it
	 * @param count blocks in the stack
	 * @param place the block's upper left pixel
	 */
	void add(final float[] stack, final int count, final int index, final int place, final float weight) {
		for (int y = 0; y < block; y++) {
			final int row = place + y * box, from = (y * count + index) * block;
			for (int x = 0; x < block; x++) {
				final float share = weight * window[y * block + x];
				sums[row + x] += share * stack[from + x];
				weights[row + x] += share;
			}
		}
	}

	/** The mean; every pixel must lie in a block. */
	void mean(final float[] image) {
		for (int i = 0; i < image.length; i++) image[i] = sums[i] / weights[i];
	}

	private double kaiser(final int i) {
		final double position = 2.0 * i / (block - 1) - 1;
		return ModifiedBessel.i0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - position * position))) / ModifiedBessel.i0(
			KAISER_BETA);
	}
}
