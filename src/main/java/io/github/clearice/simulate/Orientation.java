package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

import java.io.Serializable;

/**
 * The direction from which a particle is seen: RELION's Euler angles.
 * <p>
 * Rotations about Z, the new Y and the new Z, in degrees (Heymann, Chagoyen and
 * Belnap 2005). The projection along an orientation is
 * {@code image(x, y) = sum over z of map(A^T (x, y, z))} with {@link #matrix() A}.
 *
 * @param rotDegree first angle, about Z ({@code rlnAngleRot})
 * @param tiltDegree second angle, about the new Y ({@code rlnAngleTilt})
 * @param psiDegree third angle, in the plane of the image ({@code rlnAnglePsi})
 */
public record Orientation(double rotDegree, double tiltDegree, double psiDegree) implements Serializable {

	public Orientation {
		if (!Double.isFinite(rotDegree + tiltDegree + psiDegree)) throw new ParameterException(
			"Euler angles must be finite, not (" + rotDegree + ", " + tiltDegree + ", " + psiDegree +
				") degrees. Correct the particle's angles.");
	}

	/**
	 * The rotation from the map's frame to the image's,
	 * {@code A = Rz(psi) Ry(tilt) Rz(rot)} with passive rotations.
	 *
	 * @return nine numbers, row by row; the last row is the {@link #viewDirection() view direction}
	 */
	public double[] matrix() {
		final double rot = Math.toRadians(rotDegree), tilt = Math.toRadians(tiltDegree), psi = Math.toRadians(psiDegree);
		final double ca = Math.cos(rot), sa = Math.sin(rot);
		final double cb = Math.cos(tilt), sb = Math.sin(tilt);
		final double cg = Math.cos(psi), sg = Math.sin(psi);
		return new double[] { //
			cg * cb * ca - sg * sa, cg * cb * sa + sg * ca, -cg * sb, //
			-sg * cb * ca - cg * sa, -sg * cb * sa + cg * ca, sg * sb, //
			sb * ca, sb * sa, cb };
	}

	/** The unit vector, in the map's frame, along which the image sums. */
	public double[] viewDirection() {
		final double rot = Math.toRadians(rotDegree), tilt = Math.toRadians(tiltDegree);
		return new double[] { Math.sin(tilt) * Math.cos(rot), Math.sin(tilt) * Math.sin(rot), Math.cos(tilt) };
	}
}
