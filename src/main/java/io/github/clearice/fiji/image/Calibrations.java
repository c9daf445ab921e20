package io.github.clearice.fiji.image;

import ij.ImagePlus;
import ij.measure.Calibration;

/** Pixel sizes in Å in the calibration of images. */
final class Calibrations {

	static final String ANGSTROM = "Å";

	private static final double ANGSTROMS_IN_NANOMETRE = 10;
	private static final double ANGSTROMS_IN_MICROMETRE = 1e4;

	private Calibrations() {}

	/**
	 * Writes a pixel size into an image's calibration.
	 *
	 * @param widthAngstrom NaN leaves the image uncalibrated
	 * @param heightAngstrom NaN for that of the width
	 * @param depthAngstrom distance of slices; NaN for images that have no place along Z
	 */
	static void set(final ImagePlus image, final double widthAngstrom, final double heightAngstrom,
		final double depthAngstrom)
	{
		if (Double.isNaN(widthAngstrom)) return;
		final Calibration calibration = image.getCalibration();
		calibration.pixelWidth = widthAngstrom;
		calibration.pixelHeight = Double.isNaN(heightAngstrom) ? widthAngstrom : heightAngstrom;
		if (!Double.isNaN(depthAngstrom)) calibration.pixelDepth = depthAngstrom;
		calibration.setUnit(ANGSTROM);
	}

	/** The width of an image's pixels in Å; NaN where its unit is not a length that we know. */
	static double pixelSizeAngstrom(final ImagePlus image) {
		return image.getCalibration().pixelWidth * angstroms(image.getCalibration());
	}

	/** The height of an image's pixels in Å, as {@link #pixelSizeAngstrom}. */
	static double pixelHeightAngstrom(final ImagePlus image) {
		return image.getCalibration().pixelHeight * angstroms(image.getCalibration());
	}

	/** How many Å the unit has. */
	private static double angstroms(final Calibration calibration) {
		// ImageJ writes micrometres in several ways, and Å as the letter or as the sign.
		switch (calibration.getUnit()) {
			case ANGSTROM:
			case "\u212b":
			case "A":
			case "angstrom":
			case "Angstrom":
				return 1;
			case "nm":
				return ANGSTROMS_IN_NANOMETRE;
			case "µm":
			case "\u03bcm":
			case "um":
			case "micron":
				return ANGSTROMS_IN_MICROMETRE;
			default:
				return Double.NaN;
		}
	}
}
