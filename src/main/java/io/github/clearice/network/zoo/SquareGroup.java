package io.github.clearice.network.zoo;

/**
 * The eight turns and mirrors that leave a square as it is (the group p4m about
 * a point): elements 0 to 3 are quarter turns, 4 to 7 a mirror of the columns
 * followed by quarter turns.
 */
final class SquareGroup {

	/** Number of elements. */
	static final int ORDER = 8;
	/** Enough to tell all elements apart. */
	private static final int PROBE = 3;

	private SquareGroup() {}

	/** The element that does what the second does, and then what the first does. */
	static int product(final int first, final int second) {
		for (int element = 0; element < ORDER; element++) {
			boolean equal = true;
			for (int pixel = 0; pixel < PROBE * PROBE; pixel++) {
				equal &= moved(element, PROBE, pixel) == moved(first, PROBE, moved(second, PROBE, pixel));
			}
			if (equal) return element;
		}
		throw new AssertionError("the elements are no group");
	}

	/** Where an element moves a pixel of a square, both counted row by row. */
	static int moved(final int element, final int edge, final int pixel) {
		int y = pixel / edge, x = pixel % edge;
		if (element >= 4) x = edge - 1 - x;
		for (int turn = 0; turn < element % 4; turn++) {
			final int turned = edge - 1 - y;
			y = x;
			x = turned;
		}
		return y * edge + x;
	}

	/**
	 * How all elements act on a kernel: a matrix of zeros and ones, row by row, with
	 * {@code 8 * pixels * planes} rows and {@code pixels * planes} columns.
	 *
	 * @param edge length of the kernel in pixels
	 * @param planes 8 where incoming channels are turned along with the pixels, 1 where they are an image
	 */
	static float[] actions(final int edge, final int planes) {
		final int pixels = edge * edge;
		final int columns = pixels * planes;
		final float[] matrix = new float[ORDER * columns * columns];
		for (int element = 0; element < ORDER; element++) for (int plane = 0; plane < planes; plane++) {
			final int newPlane = planes == 1 ? 0 : product(element, plane);
			for (int pixel = 0; pixel < pixels; pixel++) {
				final int row = element * columns + moved(element, edge, pixel) * planes + newPlane;
				matrix[row * columns + pixel * planes + plane] = 1;
			}
		}
		return matrix;
	}
}
