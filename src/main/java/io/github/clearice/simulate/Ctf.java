package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.ZernikeSeries;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;

import java.util.Arrays;

/**
 * The effect of the optics on the transforms of projections, on the half plane of an image's spectrum: a real factor,
 * the contrast transfer function, and phases of antisymmetric aberrations, which {@link ObservationModel} defines.
 * <p>
 * The real factor is RELION's, in which white particles stay white:
 * {@code -sin(pi lambda Df u^2 + pi/2 Cs lambda^3 u^4 - phaseShift - atan(Q0 / sqrt(1 - Q0^2)) + even)},
 * where {@code Df = -(dU + dV)/2 - (dU - dV)/2 cos(2 (azimuth - angle))}, times the scale and the
 * envelope {@code exp(-B u^2 / 4)}, all at the frequencies that the magnification makes of those of the image. Holds
 * buffers: one instance a thread.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2015.11.003">Rohou and Grigorieff 2015</a>, equations 2 to 5
 * @see <a href="https://doi.org/10.1107/S2052252520000081">Zivanov, Nakane and Scheres 2020</a>
 */
public final class Ctf {

	// Taylor coefficients of sin(2 pi t): the error for |t| <= 1/4 is below 6e-8.
	private static final double S1 = 2 * Math.PI;
	private static final double S3 = -S1 * S1 * S1 / 6;
	private static final double S5 = -S3 * S1 * S1 / 20;
	private static final double S7 = -S5 * S1 * S1 / 42;
	private static final double S9 = -S7 * S1 * S1 / 72;
	private static final double S11 = -S9 * S1 * S1 / 110;

	private static final float LEAST_SINE = 0.05f, LEAST_DIVISOR = 1e-3f;

	private final int box;
	private final int columns;
	private final double frequencyStep;
	private final double[] turns;
	private final Envelope envelope;
	private final AberrationMaps aberrations;

	/**
	 * @param box edge length of the images in pixels
	 * @param pixelSizeAngstrom pixel size of the images
	 */
	public Ctf(final int box, final double pixelSizeAngstrom) {
		this.box = box;
		this.columns = box / 2 + 1;
		this.frequencyStep = 1 / (box * pixelSizeAngstrom);
		this.turns = new double[columns];
		this.envelope = new Envelope(box, frequencyStep);
		this.aberrations = new AberrationMaps(box, pixelSizeAngstrom);
	}

	/** Number of values of a half plane: {@code box * (box / 2 + 1)}. */
	public int length() {
		return box * columns;
	}

	/**
	 * Samples the real factor that images have: the CTF, its absolute value where phases are flipped, its square where
	 * images are multiplied by it, 1 where they are corrected.
	 *
	 * @param parameters of the particle
	 * @param values receives {@link #length()} values in the order of the spectrum
	 */
	public void sample(final CtfParameters parameters, final float[] values) {
		final CtfState state = parameters.observation().ctfState();
		if (state == CtfState.CORRECTED) {
			Arrays.fill(values, 1);
			return;
		}
		sampleRecorded(parameters, values);
		if (state == CtfState.PHASE_FLIPPED) for (int i = 0; i < values.length; i++) values[i] = Math.abs(values[i]);
		if (state == CtfState.PREMULTIPLIED) square(values);
	}

	/**
	 * Makes the transform of a projection that of an image.
	 *
	 * @param factors receives {@link #length()} real factors
	 */
	public void apply(final CtfParameters parameters, final float[] spectrum, final float[] factors) {
		sample(parameters, factors);
		FourierFilter.multiply(spectrum, factors);
		modulate(parameters, spectrum);
	}

	/** Gives a spectrum the phases of antisymmetric aberrations. */
	public void modulate(final CtfParameters parameters, final float[] spectrum) {
		turn(parameters, spectrum, 1);
	}

	/** Takes the phases of antisymmetric aberrations out of a spectrum. */
	public void demodulate(final CtfParameters parameters, final float[] spectrum) {
		turn(parameters, spectrum, -1);
	}

	/**
	 * Filters the spectrum of an image whose noise is white for a least-squares sum: multiplies by the conjugate of the
	 * optics' transfer function.
	 *
	 * @param weights receives the squared magnitude of the transfer function
	 */
	public void match(final CtfParameters parameters, final float[] spectrum, final float[] weights) {
		demodulate(parameters, spectrum);
		sample(parameters, weights);
		FourierFilter.multiply(spectrum, weights);
		square(weights);
	}

	/** Brings the spectrum of a recorded image to the state of its CTF: recorded, phase flipped or premultiplied. */
	void treat(final CtfParameters parameters, final float[] spectrum, final float[] factors) {
		final CtfState state = parameters.observation().ctfState();
		if (state != CtfState.PHASE_FLIPPED && state != CtfState.PREMULTIPLIED) return;
		sampleRecorded(parameters, factors);
		if (state == CtfState.PHASE_FLIPPED) for (int i = 0; i < factors.length; i++) factors[i] = Math.signum(factors[i]);
		FourierFilter.multiply(spectrum, factors);
	}

	/**
	 * Samples what an image that was multiplied by its CTF is divided by to have it once: its absolute value, but where
	 * it is close to a zero, and dividing would give nothing but rounding errors, a little more.
	 */
	void sampleDivisor(final CtfParameters parameters, final float[] values) {
		sampleSine(parameters, values);
		for (int i = 0; i < values.length; i++) values[i] = Math.max(LEAST_SINE, Math.abs(values[i]));
		damp(parameters, values);
		for (int i = 0; i < values.length; i++) values[i] = Math.max(LEAST_DIVISOR, Math.abs(values[i]));
	}

	private static void square(final float[] values) {
		for (int i = 0; i < values.length; i++) values[i] *= values[i];
	}

	private void turn(final CtfParameters parameters, final float[] spectrum, final float sign) {
		final float[] phasors = aberrations.of(parameters).phasors();
		if (phasors == null) return;
		for (int i = 0; i < phasors.length; i += 2) {
			final float re = spectrum[i], im = spectrum[i + 1], c = phasors[i], s = sign * phasors[i + 1];
			spectrum[i] = re * c - im * s;
			spectrum[i + 1] = re * s + im * c;
		}
	}

	private void sampleRecorded(final CtfParameters parameters, final float[] values) {
		sampleSine(parameters, values);
		damp(parameters, values);
	}

	/** All in turns, not radians, so that whole turns are dropped exactly. */
	private void sampleSine(final CtfParameters parameters, final float[] values) {
		final float[] symmetric = aberrations.of(parameters).symmetricTurns();
		final Forms forms = new Forms(parameters);
		final double constant = -parameters.phaseShiftDegree() / 360 - Math.asin(parameters.amplitudeContrast()) /
			(2 * Math.PI);
		for (int row = 0; row < box; row++) {
			final double uy = (row <= box / 2 ? row : row - box) * frequencyStep;
			final double squareRow = forms.squareYY * uy * uy, squareSlope = forms.squareXY * uy;
			final double defocusRow = forms.defocusYY * uy * uy + constant, defocusSlope = forms.defocusXY * uy;
			for (int kx = 0; kx < columns; kx++) {
				final double ux = kx * frequencyStep;
				final double square = (forms.squareXX * ux + squareSlope) * ux + squareRow;
				final double phase = (forms.defocusXX * ux + defocusSlope) * ux + defocusRow + forms.spherical * square *
					square;
				turns[kx] = phase - Math.rint(phase);
			}
			if (symmetric != null) addTurns(symmetric, row * columns);
			sines(values, row * columns);
		}
	}

	/** The envelope and the scale of the function. */
	private void damp(final CtfParameters parameters, final float[] values) {
		if (parameters.bFactorSquareAngstrom() != 0) envelope.multiply(parameters.bFactorSquareAngstrom(), parameters
			.observation().magnification(), values);
		final float scale = (float) parameters.scale();
		if (scale != 1) for (int i = 0; i < values.length; i++) values[i] *= scale;
	}

	private void addTurns(final float[] symmetric, final int first) {
		for (int kx = 0; kx < columns; kx++) {
			final double phase = turns[kx] + symmetric[first + kx];
			turns[kx] = phase - Math.rint(phase);
		}
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

	/**
	 * The quadratic forms, in frequencies of the image, of the square of the undistorted frequency and of the defocus.
	 */
	private static final class Forms {

		private final double squareXX, squareXY, squareYY;
		private final double defocusXX, defocusXY, defocusYY;
		private final double spherical;

		Forms(final CtfParameters parameters) {
			final Magnification m = parameters.observation().magnification();
			final double lambda = parameters.wavelengthAngstrom(), half = lambda / 2;
			spherical = parameters.sphericalAberrationMillimetre() * 1e7 * lambda * lambda * lambda / 4;
			final double mean = -(parameters.defocusUAngstrom() + parameters.defocusVAngstrom()) / 2 * half;
			final double deviation = -(parameters.defocusUAngstrom() - parameters.defocusVAngstrom()) / 2 * half;
			final double twice = 2 * Math.toRadians(parameters.defocusAngleDegree());
			final double along = deviation * Math.cos(twice), oblique = 2 * deviation * Math.sin(twice);
			squareXX = m.xx() * m.xx() + m.yx() * m.yx();
			squareXY = 2 * (m.xx() * m.xy() + m.yx() * m.yy());
			squareYY = m.xy() * m.xy() + m.yy() * m.yy();
			defocusXX = mean * squareXX + along * (m.xx() * m.xx() - m.yx() * m.yx()) + oblique * m.xx() * m.yx();
			defocusXY = mean * squareXY + along * 2 * (m.xx() * m.xy() - m.yx() * m.yy()) + oblique * (m.xx() * m.yy() + m
				.xy() * m.yx());
			defocusYY = mean * squareYY + along * (m.xy() * m.xy() - m.yy() * m.yy()) + oblique * m.xy() * m.yy();
		}
	}

	/** The real factor at one undistorted frequency in 1/Å, with the mean of both defoci and of Zernike terms. */
	static double withoutAstigmatism(final CtfParameters parameters, final double frequencyPerAngstrom) {
		final CtfState state = parameters.observation().ctfState();
		if (state == CtfState.CORRECTED) return 1;
		final double lambda = parameters.wavelengthAngstrom(), square = frequencyPerAngstrom * frequencyPerAngstrom;
		final double defocus = -(parameters.defocusUAngstrom() + parameters.defocusVAngstrom()) / 2;
		final ObservationModel model = parameters.observation();
		final double even = model.hasSymmetricTerms() ? ZernikeSeries.even(model.evenZernike()).roundPartAt(
			frequencyPerAngstrom) : 0;
		final double phase = even + Math.PI * lambda * square * (defocus + parameters.sphericalAberrationMillimetre() *
			1e7 * lambda * lambda * square / 2) - Math.toRadians(parameters.phaseShiftDegree()) - Math.asin(parameters
				.amplitudeContrast());
		final double factor = -parameters.scale() * Math.sin(phase) * Math.exp(-parameters.bFactorSquareAngstrom() *
			square / 4);
		if (state == CtfState.PREMULTIPLIED) return factor * factor;
		return state == CtfState.PHASE_FLIPPED ? Math.abs(factor) : factor;
	}

	/** Multiplies by the envelope {@code exp(-B q^2 / 4)} with {@code q = M k}. Holds buffers: one instance a thread. */
	private static final class Envelope {

		private final int box;
		private final int columns;
		private final double frequencyStep;
		private final double[] acrossFactors;

		Envelope(final int box, final double frequencyStep) {
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
}
