package io.github.clearice.reconstruct;

import io.github.clearice.star.Magnification;

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
}
