package io.github.clearice.filter.bm3d;

import io.github.clearice.filter.PatchDistances;

import java.util.Arrays;

/**
 * Finds, for blocks on a grid over an image, the blocks in a window around each that
 * are most like it. One instance a thread.
 */
final class BlockMatching {

	private final int box;
	private final int block;
	private final int reach;
	private final int most;
	private final int[] grid;
	/** Where on the grid a row or column is, or -1. */
	private final int[] gridIndex;
	private final PatchDistances patches;
	/** Ascending for each block of the grid, and where the block lies. */
	private final float[] distances;
	private final int[] places;

	/**
	 * @param box edge length of the images
	 * @param block edge length of the blocks
	 * @param step of the grid; blocks at the far edges are always on it
	 * @param window edge length of the square of positions that are tried, odd
	 * @param most how many blocks are found, the block itself among them; fewer where the window has not so many
	 */
	BlockMatching(final int box, final int block, final int step, final int window, final int most) {
		this.box = box;
		this.block = block;
		this.most = most;
		reach = Math.min(window / 2, box - block);
		final int positions = box - block + 1;
		grid = new int[(positions - 2) / step + 2];
		gridIndex = new int[positions];
		Arrays.fill(gridIndex, -1);
		for (int i = 0; i < grid.length; i++) {
			grid[i] = Math.min(i * step, positions - 1);
			gridIndex[grid[i]] = i;
		}
		patches = new PatchDistances(box, block);
		distances = new float[grid.length * grid.length * most];
		places = new int[distances.length];
	}

	/** Number of blocks on the grid. */
	int size() {
		return grid.length * grid.length;
	}

	/** Looks at an image of {@code box * box} pixels. */
	void match(final float[] image) {
		Arrays.fill(distances, Float.POSITIVE_INFINITY);
		for (int reference = 0; reference < size(); reference++) {
			distances[reference * most] = 0;
			places[reference * most] = grid[reference / grid.length] * box + grid[reference % grid.length];
		}
		for (int dy = 0; dy <= reach; dy++)
			for (int dx = dy == 0 ? 1 : -reach; dx <= reach; dx++)
				matchShift(image, dy, dx);
	}

	/** Number of blocks found for one of the grid. */
	int found(final int reference) {
		int count = 0;
		while (count < most && distances[reference * most + count] < Float.POSITIVE_INFINITY) count++;
		return count;
	}

	/** The upper left pixel of the n-th most like block, itself first. */
	int place(final int reference, final int n) {
		return places[reference * most + n];
	}

	private void matchShift(final float[] image, final int dy, final int dx) {
		final int positions = box - block + 1;
		final int left = Math.max(0, -dx), columns = positions - Math.abs(dx);
		patches.start(image, dy, dx, 0, left, columns);
		for (int y = 0; y + dy < positions; y++) {
			final float[] row = patches.next();
			if (gridIndex[y] >= 0) offer(row, left, columns, y, 0, dy * box + dx);
			if (gridIndex[y + dy] >= 0) offer(row, left, columns, y + dy, dx, -dy * box - dx);
		}
	}

	/** Offers the blocks of a row to the blocks of the grid that lie {@code dx} to the right. */
	private void offer(final float[] row, final int left, final int columns, final int y, final int dx, final int shift) {
		for (int g = 0; g < grid.length; g++) {
			final int x = grid[g] - dx;
			if (x < left || x >= left + columns) continue;
			final int reference = gridIndex[y] * grid.length + g;
			final float distance = row[x - left];
			if (distance < distances[reference * most + most - 1]) insert(reference, distance, y * box + grid[g] + shift);
		}
	}

	private void insert(final int reference, final float distance, final int place) {
		final int first = reference * most;
		int at = first + most - 1;
		// The block itself stays first, even where running sums make another's distance negative.
		while (at > first + 1 && distances[at - 1] > distance) {
			distances[at] = distances[at - 1];
			places[at] = places[at - 1];
			at--;
		}
		distances[at] = distance;
		places[at] = place;
	}
}
