package io.github.clearice.micrograph;

import io.github.clearice.fourier.ImageStatistics;

/**
 * An image of many particles, in memory.
 *
 * @param name what messages and tables call it
 * @param width in pixels
 * @param height in pixels
 * @param pixelSizeAngstrom edge of a pixel in Å, or NaN where it is unknown
 * @param pixels {@code width * height}, row by row, not copied
 */
public record Micrograph(String name, int width, int height, double pixelSizeAngstrom, float[] pixels) {

	/** @throws MicrographException if there are not as many pixels, or one of them is no number */
	public Micrograph {
		if (width < 1 || height < 1 || pixels.length != (long) width * height) throw new MicrographException(name +
			" has " + pixels.length + " pixels, not " + width + " x " + height + ". Give all pixels.");
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new MicrographException(
			"The pixel size of " + name + " must be positive, not " + pixelSizeAngstrom + " Å.");
		final int bad = ImageStatistics.firstNotFinite(pixels);
		if (bad >= 0) throw new MicrographException(name + " holds " + pixels[bad] + " at pixel (" + bad % width + ", " +
			bad / width + "). Replace pixels that are no numbers.");
	}
}
