package io.github.clearice.fourier;

/** Halves and doubles the size of square images that lie one after the other. */
public final class Binning {

	private Binning() {}

	/**
	 * The means of 2 x 2 pixels.
	 *
	 * @param images {@code [N][size][size]}
	 * @param size an even number of pixels
	 * @return {@code [N][size / 2][size / 2]}
	 */
	public static float[] halved(final float[] images, final int size) {
		final int half = size / 2;
		final float[] halved = new float[images.length / 4];
		for (int row = 0; row < halved.length / half; row++) {
			final int first = 2 * row * size;
			for (int x = 0; x < half; x++) {
				final int corner = first + 2 * x;
				halved[row * half + x] = (images[corner] + images[corner + 1] + images[corner + size] + images[corner + size +
					1]) / 4;
			}
		}
		return halved;
	}

	/**
	 * Each pixel repeated as 2 x 2.
	 *
	 * @param images {@code [N][size][size]}
	 * @return {@code [N][2 * size][2 * size]}
	 */
	public static float[] doubled(final float[] images, final int size) {
		final int twice = 2 * size;
		final float[] doubled = new float[4 * images.length];
		for (int row = 0; row < doubled.length / twice; row++) {
			for (int x = 0; x < twice; x++) doubled[row * twice + x] = images[row / 2 * size + x / 2];
		}
		return doubled;
	}
}
