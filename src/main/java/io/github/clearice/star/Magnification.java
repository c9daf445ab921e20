package io.github.clearice.star;

/**
 * Anisotropic magnification as RELION's {@code rlnMagMat00} to {@code rlnMagMat11}: the transform of an image at
 * frequency k is that of the undistorted projection, and its CTF, at frequency M k.
 *
 * @param xx {@code rlnMagMat00}
 * @param xy {@code rlnMagMat01}
 * @param yx {@code rlnMagMat10}
 * @param yy {@code rlnMagMat11}
 */
public record Magnification(double xx, double xy, double yx, double yy) {

	/** No distortion. */
	public static final Magnification NONE = new Magnification(1, 0, 0, 1);

	/** Microscopes distort by some percent; more is an error in the numbers. */
	private static final double LARGEST = 2;

	public Magnification {
		final double determinant = xx * yy - xy * yx;
		if (!(Math.abs(determinant) < LARGEST * LARGEST && Math.abs(determinant) > 1 / (LARGEST * LARGEST)))
			throw new IllegalArgumentException("the magnification matrix [" + xx + ", " + xy + "; " + yx + ", " + yy +
				"] has the determinant " + determinant + ", but it must be close to 1");
	}

	/** Whether images are undistorted. */
	public boolean isNone() {
		return xx == 1 && xy == 0 && yx == 0 && yy == 1;
	}

	/** The matrix that undoes this one. */
	public Magnification inverse() {
		final double determinant = xx * yy - xy * yx;
		return new Magnification(yy / determinant, -xy / determinant, -yx / determinant, xx / determinant);
	}

	/**
	 * The frequencies kx of a row ky of an image that are at most {@code radius} when they are undistorted: from element
	 * 0 to before element 1, within 0 to {@code columns}; none where both are the same.
	 */
	public int[] within(final double radius, final int ky, final int columns) {
		final double a = xx * xx + yx * yx, halfB = (xx * xy + yx * yy) * ky;
		final double discriminant = halfB * halfB - a * ((xy * xy + yy * yy) * ky * ky - radius * radius);
		if (discriminant < 0) return new int[2];
		final double root = Math.sqrt(discriminant);
		final int from = (int) Math.max(0, Math.ceil((-halfB - root) / a));
		final int to = (int) Math.min(columns, Math.floor((-halfB + root) / a) + 1);
		return new int[] { from, Math.max(from, to) };
	}
}
