package io.github.clearice.fiji.image;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

/** The slices of an open image as particles: read when they are needed, and not changed. */
public final class ImageParticles implements ParticleStack {

	private static final float SIGNED_OFFSET = 32768;

	private final String name;
	private final ImageStack slices;
	private final double pixelSizeAngstrom;
	private final float offset;

	/**
	 * @param slices those of the image, or a copy of them that outlives it
	 * @param knownPixelSizeAngstrom what the user says; null for what the calibration says
	 * @throws InputException if the image is in colour or not square
	 */
	public ImageParticles(final ImagePlus image, final ImageStack slices, final Double knownPixelSizeAngstrom) {
		name = image.getTitle();
		if (image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256) throw new InputException(
			"\"" + name + "\" is a colour image. Convert it by Image > Type > 32-bit.");
		if (image.getWidth() != image.getHeight()) throw new InputException("\"" + name + "\" has images of " + image
			.getWidth() + " x " + image.getHeight() + " pixels, but particles are square. Crop it, or denoise it whole as a" +
			" micrograph.");
		this.slices = slices;
		pixelSizeAngstrom = knownPixelSizeAngstrom == null ? Calibrations.pixelSizeAngstrom(image) : knownPixelSizeAngstrom;
		// ImageJ keeps signed numbers of 16 bits with an offset, which the calibration takes away.
		offset = image.getCalibration().isSigned16Bit() ? SIGNED_OFFSET : 0;
	}

	@Override
	public int size() {
		return slices.size();
	}

	@Override
	public int box() {
		return slices.getWidth();
	}

	@Override
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public void read(final int index, final float[] image) {
		final ImageProcessor slice = slices.getProcessor(index + 1);
		for (int i = 0; i < image.length; i++) image[i] = slice.getf(i) - offset;
	}
}
