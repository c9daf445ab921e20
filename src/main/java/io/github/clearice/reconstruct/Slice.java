package io.github.clearice.reconstruct;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Pose;
import io.github.clearice.simulate.Undistortion;
import io.github.clearice.star.Magnification;

import java.util.Arrays;

/**
 * A particle ready to be inserted: the transform of its image about its centre,
 * times its CTF, and the square of the CTF.
 *
 * @param rows edge length of the transformed image, and number of rows ky = 0, 1, .., -1
 * @param step of one frequency, in steps of the padded grid
 * @param half to which of the half-sets it belongs: 0 or 1
 * @param matrix of its orientation, row by row
 * @param magnification of the image: its frequency k lies at M k of the map
 * @param spectrum numerators in the layout of {@link io.github.clearice.fourier.RealFourierTransform2D}
 * @param weights of the same samples
 */
record Slice(int rows, double step, int half, double[] matrix, Magnification magnification, float[] spectrum,
	float[] weights)
{

	int columns() {
		return rows / 2 + 1;
	}

	/** The samples kx of a row that lie within the map's Nyquist frequency: from element 0 to before element 1. */
	int[] within(final int ky) {
		return magnification.within(rows / 2, ky, columns());
	}

	/** The six numbers by which a frequency of the image becomes one of the map, in steps of the padded grid. */
	double[] axes(final double[] rotated) {
		final double[] axes = new double[6];
		for (int i = 0; i < 3; i++) {
			axes[i] = step * (magnification.xx() * rotated[i] + magnification.yx() * rotated[3 + i]);
			axes[3 + i] = step * (magnification.xy() * rotated[i] + magnification.yy() * rotated[3 + i]);
		}
		return axes;
	}

	/** Turns images into slices. Holds buffers: one instance a thread. */
	static final class Maker {

		private final int box;
		private final int rows;
		private final double pixelSizeAngstrom;
		private final float background;
		private final RealFourierTransform2D fourier;
		private final Undistortion undistortion;
		private final Ctf ctf;
		private final float[] padded;

		/**
		 * @param box edge length of the images in pixels
		 * @param rows to which edge length they are padded
		 * @param background subtracted from every pixel, so that the padding makes no step
		 */
		Maker(final int box, final int rows, final double pixelSizeAngstrom, final float background) {
			this.box = box;
			this.rows = rows;
			this.pixelSizeAngstrom = pixelSizeAngstrom;
			this.background = background;
			fourier = new RealFourierTransform2D(rows);
			undistortion = new Undistortion(box, pixelSizeAngstrom);
			ctf = new Ctf(rows, pixelSizeAngstrom);
			padded = new float[rows * rows];
		}

		/**
		 * @param image left as it is, unless it was multiplied by its CTF
		 * @param optics of the image, or null for a projection
		 * @param step of one frequency, in steps of the padded grid
		 */
		Slice make(final float[] image, final Pose pose, final CtfParameters optics, final int half, final double step) {
			// The CTF that it was multiplied by was sampled as coarsely as the image; the one for the sum is not.
			final CtfParameters parameters = undistortion.flip(optics, image);
			final int margin = rows / 2 - box / 2;
			for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
				padded[(y + margin) * rows + margin + x] = image[y * box + x] - background;
			}
			final float[] spectrum = new float[fourier.spectrumLength()];
			final float[] weights = new float[ctf.length()];
			fourier.forward(padded, spectrum);
			centre(spectrum, rows / 2 - pose.originXAngstrom() / pixelSizeAngstrom, rows / 2 - pose.originYAngstrom() /
				pixelSizeAngstrom);
			if (parameters == null) Arrays.fill(weights, 1);
			else ctf.match(parameters, spectrum, weights);
			return new Slice(rows, step, half, pose.orientation().matrix(),
				parameters == null ? Magnification.NONE : parameters
				.observation().magnification(), spectrum, weights);
		}

		/** Moves the phase origin to where the particle's centre is. */
		private void centre(final float[] spectrum, final double x, final double y) {
			final int columns = rows / 2 + 1;
			final float[] phaseRe = new float[columns], phaseIm = new float[columns];
			for (int kx = 0; kx < columns; kx++) {
				final double angle = 2 * Math.PI * kx * x / rows;
				phaseRe[kx] = (float) Math.cos(angle);
				phaseIm[kx] = (float) Math.sin(angle);
			}
			for (int row = 0; row < rows; row++) {
				final double angle = 2 * Math.PI * (row <= rows / 2 ? row : row - rows) * y / rows;
				final float rowRe = (float) Math.cos(angle), rowIm = (float) Math.sin(angle);
				for (int kx = 0, at = 2 * row * columns; kx < columns; kx++, at += 2) {
					final float turnRe = phaseRe[kx] * rowRe - phaseIm[kx] * rowIm;
					final float turnIm = phaseRe[kx] * rowIm + phaseIm[kx] * rowRe;
					final float re = spectrum[at], im = spectrum[at + 1];
					spectrum[at] = re * turnRe - im * turnIm;
					spectrum[at + 1] = re * turnIm + im * turnRe;
				}
			}
		}
	}
}
