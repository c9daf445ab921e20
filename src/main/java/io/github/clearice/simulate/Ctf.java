package io.github.clearice.simulate;

/**
 * Samples the contrast transfer function on the half plane of an image's
 * spectrum.
 * <p>
 * RELION's convention, in which white particles stay white:
 * {@code -sin(pi lambda Df u^2 + pi/2 Cs lambda^3 u^4 - phaseShift - atan(Q0 / sqrt(1 - Q0^2)))},
 * where {@code Df = -(dU + dV)/2 - (dU - dV)/2 cos(2 (azimuth - angle))}, times the
 * envelope {@code exp(-B u^2 / 4)}. Holds buffers: one instance a thread.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2015.11.003">Rohou and Grigorieff 2015</a>, equations 2 to 5
 */
public final class Ctf {

	// Taylor coefficients of sin(2 pi t): the error for |t| <= 1/4 is below 6e-8.
	private static final double S1 = 2 * Math.PI;
	private static final double S3 = -S1 * S1 * S1 / 6;
	private static final double S5 = -S3 * S1 * S1 / 20;
	private static final double S7 = -S5 * S1 * S1 / 42;
	private static final double S9 = -S7 * S1 * S1 / 72;
	private static final double S11 = -S9 * S1 * S1 / 110;

	private final int box;
	private final int columns;
	private final double frequencyStep;
	private final double[] turns;
	private final float[] envelope;
	private double envelopeBFactor = Double.NaN;

	/**
	 * @param box edge length of the images in pixels
	 * @param pixelSizeAngstrom pixel size of the images
	 */
	public Ctf(final int box, final double pixelSizeAngstrom) {
		this.box = box;
		this.columns = box / 2 + 1;
		this.frequencyStep = 1 / (box * pixelSizeAngstrom);
		this.turns = new double[columns];
		this.envelope = new float[box * columns];
	}

	/** The function at one frequency in 1/Å, with the mean of both defoci. */
	static double withoutAstigmatism(final CtfParameters parameters, final double frequencyPerAngstrom) {
		final double lambda = parameters.wavelengthAngstrom(), square = frequencyPerAngstrom * frequencyPerAngstrom;
		final double defocus = -(parameters.defocusUAngstrom() + parameters.defocusVAngstrom()) / 2;
		final double phase = Math.PI * lambda * square * (defocus + parameters.sphericalAberrationMillimetre() * 1e7 *
			lambda * lambda * square / 2) - Math.toRadians(parameters.phaseShiftDegree()) - Math.asin(parameters
				.amplitudeContrast());
		return -parameters.scale() * Math.sin(phase) * Math.exp(-parameters.bFactorSquareAngstrom() * square / 4);
	}

	/** Number of values of a half plane: {@code box * (box / 2 + 1)}. */
	public int length() {
		return box * columns;
	}

	/**
	 * Samples the function.
	 *
	 * @param parameters of the particle
	 * @param values receives {@link #length()} values in the order of the spectrum
	 */
	public void sample(final CtfParameters parameters, final float[] values) {
		final double lambda = parameters.wavelengthAngstrom();
		// All in turns, not radians, so that whole turns are dropped exactly.
		final double k1 = lambda / 2;
		final double k2 = parameters.sphericalAberrationMillimetre() * 1e7 * lambda * lambda * lambda / 4;
		final double mean = -(parameters.defocusUAngstrom() + parameters.defocusVAngstrom()) / 2 * k1;
		final double deviation = -(parameters.defocusUAngstrom() - parameters.defocusVAngstrom()) / 2 * k1;
		final double twice = 2 * Math.toRadians(parameters.defocusAngleDegree());
		final double along = deviation * Math.cos(twice), oblique = 2 * deviation * Math.sin(twice);
		final double constant = -parameters.phaseShiftDegree() / 360 - Math.asin(parameters.amplitudeContrast()) /
			(2 * Math.PI);
		for (int row = 0; row < box; row++) {
			final double uy = (row <= box / 2 ? row : row - box) * frequencyStep;
			final double uy2 = uy * uy;
			for (int kx = 0; kx < columns; kx++) {
				final double ux = kx * frequencyStep;
				final double u2 = ux * ux + uy2;
				final double phase = mean * u2 + along * (ux * ux - uy2) + oblique * ux * uy + k2 * u2 * u2 + constant;
				turns[kx] = phase - Math.rint(phase);
			}
			sines(values, row * columns);
		}
		final double bFactor = parameters.bFactorSquareAngstrom();
		final float scale = (float) parameters.scale();
		if (bFactor != 0) {
			prepareEnvelope(bFactor);
			for (int i = 0; i < values.length; i++) values[i] *= envelope[i];
		}
		if (scale != 1) for (int i = 0; i < values.length; i++) values[i] *= scale;
	}

	/** Writes minus the sine of a row of phases of -1/2 to 1/2 turns. */
	private void sines(final float[] values, final int first) {
		for (int kx = 0; kx < columns; kx++) {
			// Folded to a quarter turn, where the polynomial is exact to float.
			final double folded = Math.max(-0.5 - turns[kx], Math.min(turns[kx], 0.5 - turns[kx]));
			final double square = folded * folded;
			values[first + kx] = (float) -(folded * (S1 + square * (S3 + square * (S5 + square * (S7 + square * (S9 +
				square * S11))))));
		}
	}

	private void prepareEnvelope(final double bFactor) {
		if (bFactor == envelopeBFactor) return;
		for (int row = 0; row < box; row++) {
			final double uy = (row <= box / 2 ? row : row - box) * frequencyStep;
			for (int kx = 0; kx < columns; kx++) {
				final double ux = kx * frequencyStep;
				envelope[row * columns + kx] = (float) Math.exp(-bFactor * (ux * ux + uy * uy) / 4);
			}
		}
		envelopeBFactor = bFactor;
	}
}
