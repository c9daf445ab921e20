package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * The level of white noise in an image, as the finest wavelet coefficients along the diagonal tell: {@code median |a -
 * b - c + d| / 2 / 0.6745} over squares of 2 x 2 pixels. Particles contribute little there, but it does not detect
 * coloured noise, as in binned or motion-corrected micrographs.
 *
 * @see <a href="https://doi.org/10.1093/biomet/81.3.425">Donoho and Johnstone 1994</a>
 */
public final class WhiteNoise {

	/** More do not improve the median. */
	private static final int MOST_SQUARES = 1 << 20;

	private WhiteNoise() {}

	/**
	 * The standard deviation of the noise.
	 *
	 * @param pixels of the image, row by row
	 * @param width of the image in pixels
	 * @return 0 for an image of fewer than 2 x 2 pixels
	 */
	public static double sigma(final float[] pixels, final int width) {
		final int across = width / 2, squares = across * (pixels.length / width / 2);
		if (squares == 0) return 0;
		final int stride = (squares - 1) / MOST_SQUARES + 1;
		final float[] details = new float[(squares - 1) / stride + 1];
		for (int i = 0; i < details.length; i++) {
			final int square = i * stride, at = square / across * 2 * width + square % across * 2;
			details[i] = Math.abs(pixels[at] - pixels[at + 1] - pixels[at + width] + pixels[at + width + 1]) / 2;
		}
		Arrays.sort(details);
		return details[details.length / 2] / 0.6745;
	}
}
