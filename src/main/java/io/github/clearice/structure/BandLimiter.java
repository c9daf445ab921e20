package io.github.clearice.structure;

import io.github.clearice.fourier.RealFourierTransform2D;

/**
 * Takes a grid of half the pixel size to the map's grid without aliasing: on
 * each axis, frequencies up to 0.9 times Nyquist pass as they are, from Nyquist
 * on none do, and between them a cosine edge falls.
 * <p>
 * Atoms are put on the fine grid with an additional B factor, so that the fine
 * grid itself does not alias; it is taken out again here (Ten Eyck 1977).
 * Planes are limited along x and y by Fourier transforms, then along z by
 * {@link #weightAlongZ the periodic kernel} of the same filter. One instance a
 * thread.
 *
 * @see <a href="https://doi.org/10.1107/S0567739477001211">Ten Eyck, Acta
 *      Cryst. A33 (1977) 486</a>
 */
final class BandLimiter {

	/**
	 * A frequency at Nyquist receives that at three times Nyquist of the fine
	 * grid's aliases: this much of it.
	 */
	private static final double ALIASING = 1e-4;

	/** Where the filter begins to fall, of Nyquist: a hard edge alone would ring right across the map. */
	static final double PASS = 0.9;

	private final int box;
	private final RealFourierTransform2D fine;
	private final RealFourierTransform2D coarse;
	private final float[] fineSpectrum;
	private final float[] coarseSpectrum;
	private final double[] sharpening;

	BandLimiter(final int box, final double pixelSizeAngstrom) {
		this.box = box;
		this.fine = new RealFourierTransform2D(2 * box);
		this.coarse = new RealFourierTransform2D(box);
		this.fineSpectrum = new float[fine.spectrumLength()];
		this.coarseSpectrum = new float[coarse.spectrumLength()];
		this.sharpening = sharpening(box, pixelSizeAngstrom);
	}

	/**
	 * The additional B factor in Å^2: {@code exp(-B k^2 / 4)} at three times
	 * Nyquist is {@link #ALIASING} times that at Nyquist.
	 */
	static double blurSquareAngstrom(final double pixelSizeAngstrom) {
		final double nyquist = 0.5 / pixelSizeAngstrom;
		return -Math.log(ALIASING) / (2 * nyquist * nyquist);
	}

	/**
	 * What takes the blur out of the frequencies on one axis, times a cosine edge
	 * that falls to 0 at Nyquist.
	 */
	private static double[] sharpening(final int box, final double pixelSizeAngstrom) {
		final double[] factor = new double[box / 2 + 1];
		final double edge = box * pixelSizeAngstrom;
		for (int k = 0; 2 * k < box; k++)
			factor[k] = passed(2.0 * k / box) * Math.exp(blurSquareAngstrom(pixelSizeAngstrom) * k * k / (4 * edge * edge));
		return factor;
	}

	/** @param frequency as a share of Nyquist */
	static double passed(final double frequency) {
		return frequency <= PASS ? 1 : 0.5 * (1 + Math.cos(Math.PI * (frequency - PASS) / (1 - PASS)));
	}

	/**
	 * Limits one plane along x and y.
	 *
	 * @param finePlane {@code (2 box)^2} densities
	 * @param plane receives {@code box^2} densities
	 */
	void limit(final float[] finePlane, final float[] plane) {
		fine.forward(finePlane, fineSpectrum);
		final int columns = box / 2 + 1;
		for (int y = 0; y < box; y++) {
			final int ky = 2 * y > box ? y - box : y;
			final int from = 2 * (ky < 0 ? ky + 2 * box : ky) * (box + 1);
			final int to = 2 * y * columns;
			for (int kx = 0; kx < columns; kx++) {
				// A quarter, because the inverse divides by a quarter of the forward transform's points.
				final float factor = (float) (0.25 * sharpening[kx] * sharpening[Math.abs(ky)]);
				coarseSpectrum[to + 2 * kx] = factor * fineSpectrum[from + 2 * kx];
				coarseSpectrum[to + 2 * kx + 1] = factor * fineSpectrum[from + 2 * kx + 1];
			}
		}
		coarse.inverse(coarseSpectrum, plane);
	}

	/**
	 * The weights of fine planes in the map's planes: of a fine plane
	 * {@code m} fine pixels before a plane, element {@code m mod 2 box}.
	 */
	static float[] weightAlongZ(final int box, final double pixelSizeAngstrom) {
		final double[] factor = sharpening(box, pixelSizeAngstrom);
		final float[] weights = new float[2 * box];
		for (int m = 0; m < 2 * box; m++) {
			double sum = factor[0];
			for (int k = 1; 2 * k < box; k++) sum += 2 * factor[k] * Math.cos(Math.PI * k * m / box);
			weights[m] = (float) (sum / (2 * box));
		}
		return weights;
	}
}
