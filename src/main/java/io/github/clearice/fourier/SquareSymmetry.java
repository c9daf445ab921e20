package io.github.clearice.fourier;

/**
 * The eight ways to lay a square image on itself about pixel {@code box / 2}
 * (integer division), where particles are centred: quarter turns and mirror images.
 * In an even box the first row and column have no counterpart on the other side;
 * they come back in at their own.
 */
public final class SquareSymmetry {

	/** Number of ways; the first leaves the image as it is. */
	public static final int COUNT = 8;

	private SquareSymmetry() {}

	/** The way that undoes another: a quarter turn to the left undoes one to the right, all others undo themselves. */
	public static int inverse(final int which) {
		return which == 5 ? 6 : which == 6 ? 5 : which;
	}

	/**
	 * Turns or mirrors an image in place.
	 *
	 * @param which 0 to 7: bit 0 mirrors x, bit 1 mirrors y, bit 2 then swaps x and y
	 * @param scratch as long as the image
	 */
	public static void apply(final int which, final int box, final float[] image, final float[] scratch) {
		if (which == 0) return;
		final boolean mirrorX = (which & 1) != 0;
		final boolean mirrorY = (which & 2) != 0;
		final boolean swap = (which & 4) != 0;
		System.arraycopy(image, 0, scratch, 0, box * box);
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final int fromX = mirrorX ? (2 * (box / 2) - x + box) % box : x;
			final int fromY = mirrorY ? (2 * (box / 2) - y + box) % box : y;
			image[y * box + x] = swap ? scratch[fromX * box + fromY] : scratch[fromY * box + fromX];
		}
	}
}
