package io.github.clearice.simulate;

import io.github.clearice.fourier.PlaneDistortion;
import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;

import java.util.List;

/**
 * Prepares images for methods that assume all in-plane rotations to be equivalent: takes out the phases of
 * antisymmetric aberrations and anisotropic magnification, and turns images that were multiplied by their CTF into
 * phase-flipped ones with white noise. {@link #remaining} gives the optics that are left. Holds buffers: one instance a
 * thread.
 */
public final class Undistortion {

	private final RealFourierTransform2D fourier;
	private final Ctf ctf;
	private final PlaneDistortion plane;
	private final float[] spectrum;
	private final float[] factors;

	/**
	 * @param box edge length of the images in pixels
	 * @param pixelSizeAngstrom pixel size of the images
	 */
	public Undistortion(final int box, final double pixelSizeAngstrom) {
		fourier = new RealFourierTransform2D(box);
		ctf = new Ctf(box, pixelSizeAngstrom);
		plane = new PlaneDistortion(box);
		spectrum = new float[fourier.spectrumLength()];
		factors = new float[ctf.length()];
	}

	/** Whether images with these optics, null for plain projections, are changed at all. */
	public static boolean changes(final CtfParameters parameters) {
		if (parameters == null) return false;
		final ObservationModel model = parameters.observation();
		return model.isAntisymmetric() || !model.magnification().isNone() || model.ctfState() == CtfState.PREMULTIPLIED;
	}

	/** The optics of images after {@link #apply}. */
	public static CtfParameters remaining(final CtfParameters parameters) {
		if (!changes(parameters)) return parameters;
		final ObservationModel model = parameters.observation();
		return parameters.with(new ObservationModel(0, 0, List.of(), model.evenZernike(), Magnification.NONE, model
			.ctfState() == CtfState.PREMULTIPLIED ? CtfState.PHASE_FLIPPED : model.ctfState()));
	}

	/** Undistorts an image in place. */
	public void apply(final CtfParameters parameters, final float[] image) {
		if (!changes(parameters)) return;
		final ObservationModel model = parameters.observation();
		final boolean premultiplied = model.ctfState() == CtfState.PREMULTIPLIED;
		if (model.isAntisymmetric() || premultiplied) {
			fourier.forward(image, spectrum);
			ctf.demodulate(parameters, spectrum);
			if (premultiplied) divide(parameters);
			fourier.inverse(spectrum, image);
		}
		distort(model.magnification().inverse(), image);
	}

	/**
	 * Makes an image that was multiplied by its CTF a phase-flipped one, in place; others stay.
	 *
	 * @return the optics of the result
	 */
	public CtfParameters flip(final CtfParameters parameters, final float[] image) {
		if (parameters == null || parameters.observation().ctfState() != CtfState.PREMULTIPLIED) return parameters;
		fourier.forward(image, spectrum);
		divide(parameters);
		fourier.inverse(spectrum, image);
		return parameters.with(parameters.observation().with(CtfState.PHASE_FLIPPED));
	}

	/** Multiplies an image that is as the microscope recorded it by the sign of its CTF, in place; others stay. */
	public void flipPhases(final CtfParameters parameters, final float[] image) {
		if (parameters == null || parameters.observation().ctfState() != CtfState.RECORDED) return;
		ctf.sample(parameters, factors);
		for (int i = 0; i < factors.length; i++) factors[i] = Math.signum(factors[i]);
		fourier.forward(image, spectrum);
		FourierFilter.multiply(spectrum, factors);
		fourier.inverse(spectrum, image);
	}

	/** The optics of images after {@link #flipPhases}. */
	public static CtfParameters flipped(final CtfParameters parameters) {
		if (parameters == null || parameters.observation().ctfState() != CtfState.RECORDED) return parameters;
		return parameters.with(parameters.observation().with(CtfState.PHASE_FLIPPED));
	}

	/** Gives an image without aberrations the geometry of those with these optics, in place. */
	public void distort(final CtfParameters parameters, final float[] image) {
		distort(CtfParameters.magnification(parameters), image);
	}

	/** The pose, in the image as it is, of a particle that was found in the undistorted image. */
	public static Pose distorted(final CtfParameters parameters, final Pose pose) {
		return moved(CtfParameters.magnification(parameters), pose);
	}

	private static Pose moved(final Magnification m, final Pose pose) {
		if (m.isNone()) return pose;
		return new Pose(pose.orientation(), m.xx() * pose.originXAngstrom() + m.yx() * pose.originYAngstrom(), m.xy() * pose
			.originXAngstrom() + m.yy() * pose.originYAngstrom());
	}

	private void distort(final Magnification m, final float[] image) {
		if (!m.isNone()) plane.apply(image, m.xx(), m.xy(), m.yx(), m.yy());
	}

	private void divide(final CtfParameters parameters) {
		ctf.sampleDivisor(parameters, factors);
		for (int i = 0; i < factors.length; i++) {
			spectrum[2 * i] /= factors[i];
			spectrum[2 * i + 1] /= factors[i];
		}
	}
}
