package io.github.clearice.micrograph;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.task.ParameterException;

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

	/** @throws ParameterException if there are not as many pixels, or one of them is no number */
	public Micrograph {
		if (width < 1 || height < 1 || pixels.length != (long) width * height) throw new ParameterException(name +
			" has " + pixels.length + " pixels, not " + width + " x " + height + ". Give all pixels.");
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new ParameterException(
			"The pixel size of " + name + " must be positive, not " + pixelSizeAngstrom + " Å.");
		final int bad = ImageStatistics.firstNotFinite(pixels);
		if (bad >= 0) throw new ParameterException(name + " holds " + pixels[bad] + " at pixel (" + bad % width + ", " +
			bad / width + "). Replace pixels that are no numbers.");
	}
}
