package io.github.clearice.micrograph;

/**
 * Where tiles lie along one axis of a micrograph, and how much each counts at a
 * pixel.
 * <p>
 * A tile counts by {@code sin^2} of the distance from its edge, which is nothing at
 * the edge itself and most in the middle; the first begins before the micrograph, so
 * that every pixel lies in as many tiles. Beyond the micrograph its mirror image
 * goes on.
 */
final class TileAxis {

	private final int length;
	private final int box;
	private final int step;
	private final int first;
	private final int count;
	private final double[] window;
	private final float[] total;

	/**
	 * @param length of the axis in pixels
	 * @param box edge of the tiles
	 * @param step from one tile to the next, at most half a box
	 * @param offset by how much all tiles are moved against the usual, less than a step
	 */
	TileAxis(final int length, final int box, final int step, final int offset) {
		this.length = length;
		this.box = box;
		this.step = step;
		first = step - box - offset;
		count = (length - 1 - first) / step + 1;
		window = new double[box];
		for (int i = 0; i < box; i++) window[i] = Math.pow(Math.sin(Math.PI * (i + 0.5) / box), 2);
		total = new float[length];
		for (int tile = 0; tile < count; tile++) for (int i = 0; i < box; i++) {
			final int at = first(tile) + i;
			if (at >= 0 && at < length) total[at] += (float) window[i];
		}
	}

	/** Number of tiles. */
	int count() {
		return count;
	}

	/** The pixel at which a tile begins, negative before the micrograph. */
	int first(final int tile) {
		return first + tile * step;
	}

	/** The pixel in the micrograph whose mirror image lies at a place beyond it. */
	int inside(final int place) {
		final int period = 2 * length;
		final int wrapped = Math.floorMod(place, period);
		return wrapped < length ? wrapped : period - 1 - wrapped;
	}

	/** The share of a tile in the result at its pixel {@code i}; the shares of all tiles there add up to 1. */
	float share(final int tile, final int i) {
		final int at = first(tile) + i;
		return at < 0 || at >= length ? 0 : (float) window[i] / total[at];
	}
}
