package io.github.clearice.reconstruct;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Pose;

import java.util.Arrays;

/** Turns images into slices. Holds buffers: one instance a thread. */
final class SliceMaker {

	private final int box;
	private final int rows;
	private final double pixelSizeAngstrom;
	private final float background;
	private final RealFourierTransform2D fourier;
	private final Ctf ctf;
	private final float[] padded;

	/**
	 * @param box edge length of the images in pixels
	 * @param rows to which edge length they are padded
	 * @param background what is taken off every pixel, so that the padding makes no step
	 */
	SliceMaker(final int box, final int rows, final double pixelSizeAngstrom, final float background) {
		this.box = box;
		this.rows = rows;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.background = background;
		fourier = new RealFourierTransform2D(rows);
		ctf = new Ctf(rows, pixelSizeAngstrom);
		padded = new float[rows * rows];
	}

	/**
	 * @param parameters of the contrast transfer function, or null where there is none
	 * @param step of one frequency, in steps of the padded grid
	 */
	Slice make(final float[] image, final Pose pose, final CtfParameters parameters, final int half, final double step) {
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
		else {
			ctf.sample(parameters, weights);
			FourierFilter.multiply(spectrum, weights);
			for (int i = 0; i < weights.length; i++) weights[i] *= weights[i];
		}
		return new Slice(rows, step, half, pose.orientation().matrix(), spectrum, weights);
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
