package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.RealFourierTransform2D;

import java.util.Arrays;

/**
 * Cuts central slices out of a projector's transform and turns them into images.
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
	private final int[] lastColumn;
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
		this.lastColumn = new int[box];
		this.ctf = new Ctf(box, pixelSizeAngstrom);
		this.ctfValues = new float[ctf.length()];
		final int radius = box / 2;
		for (int row = 0; row < box; row++) {
			final int ky = frequency(row);
			lastColumn[row] = (int) Math.floor(Math.sqrt((double) radius * radius - (double) ky * ky));
		}
	}

	/** A slice of a projector's box and pixel size. */
	public FourierSlice(final FourierProjector projector) {
		this(projector.box(), projector.pixelSizeAngstrom());
	}

	/**
	 * Projects the map: a plain sum along the line of sight.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset by whose negative the picture moves
	 * @param image receives {@code box * box} pixels
	 */
	public void project(final FourierProjector projector, final Pose pose, final float[] image) {
		cut(projector, pose, spectrum);
		fourier.inverse(spectrum, image);
	}

	/**
	 * Projects the map through a contrast transfer function.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset by whose negative the picture moves
	 * @param parameters of the contrast transfer function
	 * @param image receives {@code box * box} pixels
	 */
	public void project(final FourierProjector projector, final Pose pose, final CtfParameters parameters,
		final float[] image)
	{
		cut(projector, pose, spectrum);
		ctf.sample(parameters, ctfValues);
		FourierFilter.multiply(spectrum, ctfValues);
		fourier.inverse(spectrum, image);
	}

	/**
	 * The transform of the projection.
	 *
	 * @param projector of this box and pixel size
	 * @param pose orientation, and offset by whose negative the picture moves
	 * @param target receives {@code 2 * box * (box / 2 + 1)} floats
	 */
	public void cut(final FourierProjector projector, final Pose pose, final float[] target) {
		if (projector.box() != box) throw new SimulationException("A map of " + projector.box() +
			" voxels cannot be projected into a box of " + box + " pixels. Use maps of one box.");
		final double moveX = box / 2 - pose.originXAngstrom() / pixelSizeAngstrom;
		final double moveY = box / 2 - pose.originYAngstrom() / pixelSizeAngstrom;
		for (int kx = 0; kx < columns; kx++) {
			final double angle = -2 * Math.PI * kx * moveX / box;
			phaseRe[kx] = (float) Math.cos(angle);
			phaseIm[kx] = (float) Math.sin(angle);
		}
		interpolator.begin(projector.transform(), pose.orientation());
		interpolator.prepare(0, lastColumn[0] + 1);
		for (int row = 0; row < box; row++) {
			final int first = 2 * row * columns;
			final int count = lastColumn[row] + 1;
			// The last row prepares itself again, which leaves it to be read.
			final int ahead = Math.min(row + 1, box - 1);
			interpolator.prepare(frequency(ahead), lastColumn[ahead] + 1);
			interpolator.read(target, first);
			final double angle = -2 * Math.PI * frequency(row) * moveY / box;
			turn(target, first, count, (float) Math.cos(angle), (float) Math.sin(angle));
			Arrays.fill(target, first + 2 * count, first + 2 * columns, 0);
		}
	}

	private int frequency(final int row) {
		return row <= box / 2 ? row : row - box;
	}

	/** Moves the picture: multiplies a row by the phases of its columns and its own. */
	private void turn(final float[] target, final int first, final int count, final float rowRe, final float rowIm) {
		for (int kx = 0; kx < count; kx++) {
			final float turnRe = phaseRe[kx] * rowRe - phaseIm[kx] * rowIm;
			final float turnIm = phaseRe[kx] * rowIm + phaseIm[kx] * rowRe;
			final float re = target[first + 2 * kx], im = target[first + 2 * kx + 1];
			target[first + 2 * kx] = re * turnRe - im * turnIm;
			target[first + 2 * kx + 1] = re * turnIm + im * turnRe;
		}
	}
}
