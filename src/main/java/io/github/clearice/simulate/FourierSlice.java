package io.github.clearice.simulate;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.star.Magnification;
import io.github.clearice.task.ParameterException;

import java.util.Arrays;

/**
 * Cuts central slices out of a projector's transform and turns them into images. A tool for inner loops, which work on
 * spectra and use their arrays again; {@link FourierProjector#project} gives images.
 * <p>
 * Spectra are in the layout of {@link RealFourierTransform2D}; frequencies
 * beyond Nyquist are zero. Holds buffers: one instance a thread.
 */
public final class FourierSlice {

	private final int box;
	private final int columns;
	private final double pixelSizeAngstrom;
	private final RealFourierTransform2D fourier;
	private final float[] spectrum;
	private final SliceInterpolator interpolator;
	private final float[] phaseRe;
	private final float[] phaseIm;
	private final int[] firstColumn;
	private final int[] endColumn;
	private Magnification extent;
	private final Ctf ctf;
	private final float[] ctfValues;

	/**
	 * @param box edge length of the images in pixels
	 * @param pixelSizeAngstrom pixel size of the images
	 */
	public FourierSlice(final int box, final double pixelSizeAngstrom) {
		this.box = box;
		this.columns = box / 2 + 1;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.fourier = new RealFourierTransform2D(box);
		this.spectrum = new float[fourier.spectrumLength()];
		this.interpolator = new SliceInterpolator(columns);
		this.phaseRe = new float[columns];
		this.phaseIm = new float[columns];
		this.firstColumn = new int[box];
		this.endColumn = new int[box];
		this.ctf = new Ctf(box, pixelSizeAngstrom);
		this.ctfValues = new float[ctf.length()];
		limit(Magnification.NONE);
	}

	/** Finds the samples of each row that lie within the map's Nyquist frequency. */
	private void limit(final Magnification magnification) {
		if (magnification.equals(extent)) return;
		for (int row = 0; row < box; row++) {
			final int[] within = magnification.within(box / 2, frequency(row), columns);
			firstColumn[row] = within[0];
			endColumn[row] = within[1];
		}
		extent = magnification;
	}

	/** A slice of a projector's box and pixel size. */
	public FourierSlice(final FourierProjector projector) {
		this(projector.box(), projector.pixelSizeAngstrom());
	}

	/**
	 * Projects the map: a plain sum along the line of sight.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset: the picture moves by its negative
	 * @param image receives {@code box * box} pixels
	 */
	public void project(final FourierProjector projector, final Pose pose, final float[] image) {
		cut(projector, pose, spectrum);
		fourier.inverse(spectrum, image);
	}

	/**
	 * Projects the map through optics.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset: the picture moves by its negative
	 * @param parameters of the optics; null for none
	 * @param image receives {@code box * box} pixels
	 */
	public void project(final FourierProjector projector, final Pose pose, final CtfParameters parameters,
		final float[] image)
	{
		cut(projector, pose, CtfParameters.magnification(parameters), spectrum);
		if (parameters != null) ctf.apply(parameters, spectrum, ctfValues);
		fourier.inverse(spectrum, image);
	}

	/**
	 * The transform of the projection.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset: the picture moves by its negative
	 * @param target receives {@code 2 * box * (box / 2 + 1)} floats
	 */
	public void cut(final FourierProjector projector, final Pose pose, final float[] target) {
		cut(projector, pose, Magnification.NONE, target);
	}

	/**
	 * The transform of the projection in an image that is distorted, which has the origin of the pose.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset: the picture moves by its negative
	 * @param magnification of the image
	 * @param target receives {@code 2 * box * (box / 2 + 1)} floats
	 */
	public void cut(final FourierProjector projector, final Pose pose, final Magnification magnification,
		final float[] target)
	{
		if (projector.box() != box) throw new ParameterException("A map of " + projector.box() +
			" voxels cannot be projected into a box of " + box + " pixels. Use maps of one box.");
		limit(magnification);
		final double moveX = box / 2 - pose.originXAngstrom() / pixelSizeAngstrom;
		final double moveY = box / 2 - pose.originYAngstrom() / pixelSizeAngstrom;
		for (int kx = 0; kx < columns; kx++) {
			final double angle = -2 * Math.PI * kx * moveX / box;
			phaseRe[kx] = (float) Math.cos(angle);
			phaseIm[kx] = (float) Math.sin(angle);
		}
		interpolator.begin(projector.transform(), pose.orientation(), magnification);
		interpolator.prepare(0, firstColumn[0], endColumn[0]);
		for (int row = 0; row < box; row++) {
			final int first = 2 * row * columns;
			// The last row prepares itself again, which leaves it to be read.
			final int ahead = Math.min(row + 1, box - 1);
			interpolator.prepare(frequency(ahead), firstColumn[ahead], endColumn[ahead]);
			interpolator.read(target, first);
			final double angle = -2 * Math.PI * frequency(row) * moveY / box;
			turn(target, row, (float) Math.cos(angle), (float) Math.sin(angle));
			Arrays.fill(target, first, first + 2 * firstColumn[row], 0);
			Arrays.fill(target, first + 2 * endColumn[row], first + 2 * columns, 0);
		}
	}

	private int frequency(final int row) {
		return row <= box / 2 ? row : row - box;
	}

	/** Moves the picture: multiplies a row by the phases of its columns and its own. */
	private void turn(final float[] target, final int row, final float rowRe, final float rowIm) {
		final int first = 2 * row * columns, end = endColumn[row];
		for (int kx = firstColumn[row]; kx < end; kx++) {
			final float turnRe = phaseRe[kx] * rowRe - phaseIm[kx] * rowIm;
			final float turnIm = phaseRe[kx] * rowIm + phaseIm[kx] * rowRe;
			final float re = target[first + 2 * kx], im = target[first + 2 * kx + 1];
			target[first + 2 * kx] = re * turnRe - im * turnIm;
			target[first + 2 * kx + 1] = re * turnIm + im * turnRe;
		}
	}
}
