package io.github.clearice.star;

/**
 * Rotations as cryoSPARC has them, an axis times an angle in radian, and as RELION does, three Euler angles.
 * <p>
 * The matrix of the vector w by Rodrigues' formula, transposed, is RELION's {@code Rz(psi) Ry(tilt) Rz(rot)}.
 */
final class RotationVector {

	/** Below this sine of the tilt, rot and psi turn about one axis. */
	private static final double POLE = 1e-9;

	private RotationVector() {}

	/** rot, tilt and psi in degrees; tilt from 0 to 180. */
	static double[] toEuler(final double x, final double y, final double z) {
		final double angle = Math.sqrt(x * x + y * y + z * z);
		final double[] axis = angle == 0 ? new double[] { 0, 0, 1 } : new double[] { x / angle, y / angle, z / angle };
		final double s = Math.sin(angle), c = Math.cos(angle);
		// Elements of the transpose: row, column.
		final double a02 = (1 - c) * axis[0] * axis[2] - s * axis[1], a12 = (1 - c) * axis[1] * axis[2] + s * axis[0];
		final double a20 = (1 - c) * axis[0] * axis[2] + s * axis[1], a21 = (1 - c) * axis[1] * axis[2] - s * axis[0];
		final double a22 = c + (1 - c) * axis[2] * axis[2], sine = Math.hypot(a02, a12);
		final double tilt = Math.atan2(sine, a22);
		if (sine > POLE) return degrees(Math.atan2(a21, a20), tilt, Math.atan2(a12, -a02));
		final double a00 = c + (1 - c) * axis[0] * axis[0], a01 = (1 - c) * axis[0] * axis[1] + s * axis[2];
		return a22 > 0 ? degrees(0, 0, Math.atan2(a01, a00)) : degrees(0, Math.PI, Math.atan2(a01, -a00));
	}

	/** The vector of three angles in degrees. */
	static double[] fromEuler(final double rotDegree, final double tiltDegree, final double psiDegree) {
		// As quaternion: the rotations about z, y and z of RELION's matrix, inverted.
		final double half = Math.toRadians(tiltDegree) / 2, sum = Math.toRadians(rotDegree + psiDegree) / 2, difference =
			Math.toRadians(rotDegree - psiDegree) / 2;
		double w = Math.cos(half) * Math.cos(sum), z = Math.cos(half) * Math.sin(sum);
		double x = -Math.sin(half) * Math.sin(difference), y = Math.sin(half) * Math.cos(difference);
		final double turn = w < 0 ? -1 : 1;
		w *= turn;
		x *= turn;
		y *= turn;
		z *= turn;
		final double sine = Math.sqrt(x * x + y * y + z * z), scale = sine == 0 ? 0 : 2 * Math.atan2(sine, w) / sine;
		return new double[] { scale * x, scale * y, scale * z };
	}

	private static double[] degrees(final double... radians) {
		final double[] degrees = new double[radians.length];
		for (int i = 0; i < degrees.length; i++) degrees[i] = Math.toDegrees(radians[i]);
		return degrees;
	}
}
