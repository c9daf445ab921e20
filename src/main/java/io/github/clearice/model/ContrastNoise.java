package io.github.clearice.model;

import io.github.clearice.fourier.ParticleBackground;

/**
 * By how much noise alone makes the middle of a single image stand out from its corners. Ice and filtered noise are
 * alike over many pixels, so the noise of a mean is taken from means of blocks of the background.
 */
final class ContrastNoise {

	/** Blocks along an edge of the image. */
	private static final int BLOCKS = 8;

	private final int box;
	private final int block;
	private final boolean[] usable;
	private final int middlePixels;
	private final int cornerPixels;

	ContrastNoise(final int box) {
		this.box = box;
		block = Math.max(1, box / BLOCKS);
		final int across = box / block;
		usable = new boolean[across * across];
		for (int b = 0; b < usable.length; b++) usable[b] = isBackground(b % across, b / across);
		int middle = 0, corners = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double radius = Math.hypot(x - box / 2.0, y - box / 2.0);
			if (radius < box / 4.0) middle++;
			else if (radius > box / 2.0) corners++;
		}
		middlePixels = Math.max(1, middle);
		cornerPixels = Math.max(1, corners);
	}

	/** Whether the centre of a block lies outside the circle that holds the particle. */
	private boolean isBackground(final int column, final int row) {
		final double dx = (column + .5) * block - box / 2.0, dy = (row + .5) * block - box / 2.0;
		return Math.hypot(dx, dy) > ParticleBackground.DEFAULT_DIAMETER_FRACTION * box / 2;
	}

	/**
	 * The variance that noise alone gives {@link ParticleBackground#centreMinusEdge}, from the means of blocks of the
	 * background.
	 */
	double variance(final float[] image) {
		final int across = box / block;
		double sum = 0, squares = 0;
		int blocks = 0;
		for (int b = 0; b < usable.length; b++) {
			if (!usable[b]) continue;
			final double mean = blockMean(image, b % across * block, b / across * block);
			sum += mean;
			squares += mean * mean;
			blocks++;
		}
		if (blocks < 2) return Double.POSITIVE_INFINITY;
		final double ofBlocks = Math.max(0, (squares - sum * sum / blocks) / (blocks - 1));
		return ofBlocks * block * block * (1.0 / middlePixels + 1.0 / cornerPixels);
	}

	private double blockMean(final float[] image, final int left, final int top) {
		double sum = 0;
		for (int y = top; y < top + block; y++) for (int x = left; x < left + block; x++) sum += image[y * box + x];
		return sum / (block * block);
	}
}
