package io.github.clearice.simulate;

import io.github.clearice.star.Magnification;

/** Multiplies by the envelope {@code exp(-B q^2 / 4)} with {@code q = M k}. Holds buffers: one instance a thread. */
final class CtfEnvelope {

	private final int box;
	private final int columns;
	private final double frequencyStep;
	private final double[] acrossFactors;

	CtfEnvelope(final int box, final double frequencyStep) {
		this.box = box;
		this.columns = box / 2 + 1;
		this.frequencyStep = frequencyStep;
		this.acrossFactors = new double[columns];
	}

	/** Particles may all have B factors of their own: exponentials are for rows and columns, not for samples. */
	void multiply(final double bFactorSquareAngstrom, final Magnification matrix, final float[] values) {
		final double unit = -bFactorSquareAngstrom * frequencyStep * frequencyStep / 4;
		final double across = unit * (matrix.xx() * matrix.xx() + matrix.yx() * matrix.yx());
		final double down = unit * (matrix.xy() * matrix.xy() + matrix.yy() * matrix.yy());
		final double oblique = 2 * unit * (matrix.xx() * matrix.xy() + matrix.yx() * matrix.yy());
		for (int kx = 0; kx < columns; kx++) acrossFactors[kx] = Math.exp(across * kx * kx);
		for (int row = 0; row < box; row++) {
			final double ky = row <= box / 2 ? row : row - box;
			final int first = row * columns;
			double factor = Math.exp(down * ky * ky);
			if (oblique == 0) {
				for (int kx = 0; kx < columns; kx++) values[first + kx] *= (float) (factor * acrossFactors[kx]);
				continue;
			}
			final double ratio = Math.exp(oblique * ky);
			for (int kx = 0; kx < columns; kx++) {
				values[first + kx] *= (float) (factor * acrossFactors[kx]);
				factor *= ratio;
			}
		}
	}
}
