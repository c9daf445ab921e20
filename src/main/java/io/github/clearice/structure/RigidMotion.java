package io.github.clearice.structure;

import java.util.List;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * A turn about an axis through a point, and a shift after it.
 *
 * @param centre that the axis goes through
 * @param axis of length 1; arbitrary if the angle is 0
 * @param angleRadian by the right-hand rule
 * @param shift of all points
 */
public record RigidMotion(Point centre, Point axis, double angleRadian, Point shift) {

	/**
	 * The motion that brings points nearest to others in the mean square, by unit quaternions (Horn 1987).
	 *
	 * @param from at least one
	 * @param to as many
	 */
	public static RigidMotion between(final List<Point> from, final List<Point> to) {
		final Point a = centroid(from), b = centroid(to);
		final double[][] s = new double[3][3];
		for (int i = 0; i < from.size(); i++) {
			final double[] p = coordinates(minus(from.get(i), a)), q = coordinates(minus(to.get(i), b));
			for (int r = 0; r < 3; r++) for (int c = 0; c < 3; c++) s[r][c] += p[r] * q[c];
		}
		final double[][] n = { { s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0] }, {
			s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2] }, { s[2][0] - s[0][2],
				s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1] }, { s[0][1] - s[1][0], s[2][0] + s[0][2],
					s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1] } };
		// Eigenvalues come in descending order.
		final double[] q = new EigenDecomposition(new Array2DRowRealMatrix(n, false)).getEigenvector(0).toArray();
		final double sign = q[0] < 0 ? -1 : 1, sine = Math.sqrt(q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
		final double angle = 2 * Math.atan2(sine, sign * q[0]);
		final Point axis = sine < 1e-12 ? new Point(0, 0, 1) : new Point(sign * q[1] / sine, sign * q[2] / sine, sign *
			q[3] / sine);
		return new RigidMotion(a, axis, angle, minus(b, a));
	}

	/** A share of the motion, from 0 (none) to 1. */
	public RigidMotion share(final double part) {
		return new RigidMotion(centre, axis, part * angleRadian, times(shift, part));
	}

	/** Where a point comes to (Rodrigues' formula). */
	public Point apply(final Point point) {
		final Point v = minus(point, centre);
		final double cosine = Math.cos(angleRadian), sine = Math.sin(angleRadian);
		final Point turned = plus(plus(times(v, cosine), times(cross(axis, v), sine)), times(axis, dot(axis, v) * (1 -
			cosine)));
		return plus(plus(turned, centre), shift);
	}

	/** An atom that takes part in the motion. */
	public Atom apply(final Atom atom) {
		return placed(atom, apply(place(atom)));
	}

	static Point place(final Atom atom) {
		return new Point(atom.xAngstrom(), atom.yAngstrom(), atom.zAngstrom());
	}

	static Atom placed(final Atom atom, final Point place) {
		return atom.at(place.xAngstrom(), place.yAngstrom(), place.zAngstrom());
	}

	static Point centroid(final List<Point> points) {
		Point sum = new Point(0, 0, 0);
		for (final Point point : points) sum = plus(sum, point);
		return times(sum, 1.0 / points.size());
	}

	static Point plus(final Point a, final Point b) {
		return new Point(a.xAngstrom() + b.xAngstrom(), a.yAngstrom() + b.yAngstrom(), a.zAngstrom() + b.zAngstrom());
	}

	static Point minus(final Point a, final Point b) {
		return plus(a, times(b, -1));
	}

	static Point times(final Point a, final double factor) {
		return new Point(factor * a.xAngstrom(), factor * a.yAngstrom(), factor * a.zAngstrom());
	}

	static double dot(final Point a, final Point b) {
		return a.xAngstrom() * b.xAngstrom() + a.yAngstrom() * b.yAngstrom() + a.zAngstrom() * b.zAngstrom();
	}

	static Point cross(final Point a, final Point b) {
		return new Point(a.yAngstrom() * b.zAngstrom() - a.zAngstrom() * b.yAngstrom(), a.zAngstrom() * b.xAngstrom() - a
			.xAngstrom() * b.zAngstrom(), a.xAngstrom() * b.yAngstrom() - a.yAngstrom() * b.xAngstrom());
	}

	private static double[] coordinates(final Point point) {
		return new double[] { point.xAngstrom(), point.yAngstrom(), point.zAngstrom() };
	}
}
