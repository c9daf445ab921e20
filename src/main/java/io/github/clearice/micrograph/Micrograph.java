package io.github.clearice.micrograph;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.stream.Collectors;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An image of many particles, in memory.
 *
 * @param name its name in messages and tables
 * @param image the axes x and y
 * @param pixelSizeAngstrom edge of a pixel in Å, or NaN where it is unknown
 */
public record Micrograph(String name, ArrayImg<FloatType, FloatArray> image, double pixelSizeAngstrom) {

	/** @throws ParameterException if the image has not two axes, or a pixel is not a number */
	public Micrograph {
		requirePlane(name, image);
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new ParameterException(
			"The pixel size of " + name + " must be positive, not " + pixelSizeAngstrom + " Å.");
		final float[] pixels = image.update(null).getCurrentStorageArray();
		final int bad = ImageStatistics.firstNotFinite(pixels), width = (int) image.dimension(0);
		if (bad >= 0) throw new ParameterException(name + " holds " + pixels[bad] + " at pixel (" + bad % width + ", " +
			bad / width + "). Replace pixels that are not numbers.");
	}

	/** A micrograph of {@code width * height} pixels, row by row, which are not copied. */
	static Micrograph of(final String name, final int width, final int height, final double pixelSizeAngstrom,
		final float[] pixels)
	{
		return new Micrograph(name, ArrayImgs.floats(pixels, width, height), pixelSizeAngstrom);
	}

	/**
	 * Copies an image of any real type, such as one that Fiji shows.
	 *
	 * @param image the axes x and y
	 * @param pixelSizeAngstrom edge of a pixel in Å, or NaN where it is unknown
	 * @throws ParameterException if it has not two axes, or a pixel is not a number
	 */
	public static Micrograph copyOf(final String name, final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom)
	{
		requirePlane(name, image);
		final float[] pixels = new float[Math.multiplyExact((int) image.dimension(0), (int) image.dimension(1))];
		int i = 0;
		for (final RealType<?> pixel : Views.flatIterable(image)) pixels[i++] = pixel.getRealFloat();
		return of(name, (int) image.dimension(0), (int) image.dimension(1), pixelSizeAngstrom, pixels);
	}

	private static void requirePlane(final String name, final RandomAccessibleInterval<?> image) {
		if (image.numDimensions() == 2) return;
		throw new ParameterException(name + " has " + Arrays.stream(image.dimensionsAsLongArray()).mapToObj(
			Long::toString).collect(Collectors.joining(" x ")) + " pixels. Give one micrograph, with the axes x and y.");
	}

	/** Pixels along X. */
	public int width() {
		return (int) image.dimension(0);
	}

	/** Pixels along Y. */
	public int height() {
		return (int) image.dimension(1);
	}

	/** The pixels themselves, row by row, for inner loops. */
	float[] pixels() {
		return image.update(null).getCurrentStorageArray();
	}
}
