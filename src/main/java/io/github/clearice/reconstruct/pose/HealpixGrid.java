package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.task.ParameterException;

/**
 * Directions that cover the sphere evenly: the pixel centres of HEALPix in its
 * ring scheme.
 *
 * @param order 0 to 8: {@code 12 * 4^order} directions, about {@code 58.6 / 2^order} degrees apart
 * @see <a href="https://doi.org/10.1086/427976">Górski et al. 2005</a>, equations 2 to 9
 */
public record HealpixGrid(int order) {

	/** The finest grid that makes sense to search. */
	public static final int LARGEST_ORDER = 8;

	public HealpixGrid {
		if (order < 0 || order > LARGEST_ORDER) throw new ParameterException("The HEALPix order must be 0 to " +
			LARGEST_ORDER + ", not " + order + ". Give 3 (7 degrees apart) or 4 (4 degrees).");
	}

	/** Number of directions. */
	public int size() {
		return 12 << 2 * order;
	}

	/** Mean distance of neighbours in degrees: the root of the area of a pixel. */
	public double spacingDegree() {
		return Math.toDegrees(Math.sqrt(4 * Math.PI / size()));
	}

	/** Angle from the Z axis in degrees. */
	public double tiltDegree(final int index) {
		final int side = 1 << order, cap = 2 * side * (side - 1);
		if (index < cap) return Math.toDegrees(Math.acos(1 - square(ring(index)) / (3.0 * side * side)));
		if (index >= size() - cap) return 180 - tiltDegree(size() - 1 - index);
		return Math.toDegrees(Math.acos(4.0 / 3 - 2.0 * (side + (index - cap) / (4 * side)) / (3.0 * side)));
	}

	/** Angle about the Z axis in degrees, 0 to 360. */
	public double rotDegree(final int index) {
		final int side = 1 << order, cap = 2 * side * (side - 1);
		if (index < cap) {
			final int ring = ring(index);
			return 90.0 / ring * (index - 2 * ring * (ring - 1) + 0.5);
		}
		if (index >= size() - cap) return 360 - rotDegree(size() - 1 - index);
		final int ring = side + (index - cap) / (4 * side);
		return 90.0 / side * ((index - cap) % (4 * side) + ((ring - side) % 2 == 0 ? 0.5 : 0));
	}

	/**
	 * The direction of a pixel in the nested scheme, where those of the next order that lie in pixel i are 4 i to
	 * 4 i + 3; the in-plane angle is 0.
	 *
	 * @see <a href="https://doi.org/10.1086/427976">Górski et al. 2005</a>, section 4.1
	 */
	public Orientation nested(final int index) {
		final int side = 1 << order, face = index >> 2 * order, within = index & (1 << 2 * order) - 1;
		final int x = evenBits(within), y = evenBits(within >> 1);
		// Rings are counted from the north pole, and places in a ring from rot = 0.
		final int ring = (face / 4 + 2) * side - x - y - 1;
		final int fromPole = Math.min(side, Math.min(ring, 4 * side - ring));
		final boolean cap = ring < side || ring > 3 * side;
		final int shift = cap ? 0 : ring - side & 1;
		final int column = face / 4 == 1 ? 2 * (face % 4) : 2 * (face % 4) + 1;
		final int place = (column * fromPole + x - y + 1 + shift) / 2;
		final double height = cap ? 1 - square(fromPole) / (3.0 * side * side) : 2 * (2 * side - ring) / (3.0 * side);
		return new Orientation((place - (shift + 1) / 2.0) * 90 / fromPole, Math.toDegrees(Math.acos(ring > 3 * side
			? -height : height)), 0);
	}

	private static int evenBits(final int number) {
		int bits = 0;
		for (int i = 0; i < 16; i++) bits |= (number >> 2 * i & 1) << i;
		return bits;
	}

	/** The ring of the polar cap, counted from 1. */
	private static int ring(final int index) {
		int ring = (int) ((1 + Math.sqrt(1 + 2.0 * index)) / 2);
		while (2 * ring * (ring + 1) <= index) ring++;
		while (2 * ring * (ring - 1) > index) ring--;
		return ring;
	}

	private static double square(final double value) {
		return value * value;
	}
}
