package io.github.clearice.reconstruct;

/**
 * A particle ready to be inserted: the transform of its image about its centre,
 * times its CTF, and the square of the CTF.
 *
 * @param rows edge length of the transformed image, and number of rows ky = 0, 1, .., -1
 * @param step of one frequency, in steps of the padded grid
 * @param half to which of the half-sets it belongs: 0 or 1
 * @param matrix of its orientation, row by row
 * @param spectrum numerators in the layout of {@link io.github.clearice.fourier.RealFourierTransform2D}
 * @param weights of the same samples
 */
record Slice(int rows, double step, int half, double[] matrix, float[] spectrum, float[] weights) {

	int columns() {
		return rows / 2 + 1;
	}

	/** Number of samples of a row within the Nyquist frequency. */
	int count(final int ky) {
		final long radius = rows / 2;
		return (int) Math.sqrt((double) (radius * radius - (long) ky * ky)) + 1;
	}
}
