package io.github.clearice.fiji.image;

import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

/** The slices of an open image as particles: read when they are needed, and not changed. */
public final class ImageParticles {

	private static final float SIGNED_OFFSET = 32768;

	private ImageParticles() {}

	/**
	 * @param slices those of the image, or a copy of them that outlives it
	 * @param knownPixelSizeAngstrom the user's value; null for that of the calibration
	 * @throws InputException if the image is in colour or not square
	 */
	public static ParticleStack of(final ImagePlus image, final ImageStack slices,
		final Double knownPixelSizeAngstrom)
	{
		final String name = image.getTitle();
		if (image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256) throw new InputException(
			"\"" + name + "\" is a colour image. Convert it by Image > Type > 32-bit.");
		if (image.getWidth() != image.getHeight()) throw new InputException("\"" + name + "\" has images of " + image
			.getWidth() + " x " + image.getHeight() + " pixels, but particles are square. Crop it, or denoise it whole as a" +
			" micrograph.");
		final double pixelSizeAngstrom = knownPixelSizeAngstrom == null ? Calibrations.pixelSizeAngstrom(image)
			: knownPixelSizeAngstrom;
		// ImageJ keeps signed numbers of 16 bits with an offset, which the calibration takes away.
		final float offset = image.getCalibration().isSigned16Bit() ? SIGNED_OFFSET : 0;
		return ParticleStack.of(name, LazyImages.of(slices.getWidth(), slices.size(), (index, pixels) -> {
			final ImageProcessor slice = slices.getProcessor(index + 1);
			for (int i = 0; i < pixels.length; i++) pixels[i] = slice.getf(i) - offset;
		}), pixelSizeAngstrom, null);
	}
}
