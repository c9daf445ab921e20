package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;

/** Rotation matrices, row by row, as {@link Orientation#matrix()} gives them. */
public final class Rotations {

	private Rotations() {}

	/** The Euler angles of a matrix. */
	public static Orientation orientation(final double[] matrix) {
		final double tilt = Math.acos(Math.max(-1, Math.min(1, matrix[8])));
		// Where the view is along Z, rot and psi turn about the same axis: all of it is psi.
		if (Math.hypot(matrix[2], matrix[5]) < 1e-9) return new Orientation(0, Math.toDegrees(tilt), Math.toDegrees(Math
			.atan2(matrix[1], matrix[4])));
		return new Orientation(Math.toDegrees(Math.atan2(matrix[7], matrix[6])), Math.toDegrees(tilt), Math.toDegrees(Math
			.atan2(matrix[5], -matrix[2])));
	}

	/** The rotation after a further turn of the image's frame about its axis 0 (x), 1 (y) or 2 (z). */
	public static double[] turned(final double[] matrix, final int axis, final double angleDegree) {
		final double c = Math.cos(Math.toRadians(angleDegree)), s = Math.sin(Math.toRadians(angleDegree));
		final double[] turn = new double[9];
		final int next = (axis + 1) % 3, last = (axis + 2) % 3;
		turn[4 * axis] = 1;
		turn[4 * next] = turn[4 * last] = c;
		turn[3 * next + last] = s;
		turn[3 * last + next] = -s;
		return PointGroup.product(turn, matrix);
	}

	/** The angle in degrees by which two orientations differ, the least over a group. */
	public static double distanceDegree(final double[] first, final double[] second, final PointGroup group) {
		double largest = -1;
		for (final double[] rotation : group.rotations()) {
			final double[] moved = PointGroup.product(second, rotation);
			double trace = 0;
			for (int i = 0; i < 9; i++) trace += first[i] * moved[i];
			largest = Math.max(largest, trace);
		}
		return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, (largest - 1) / 2))));
	}
}
