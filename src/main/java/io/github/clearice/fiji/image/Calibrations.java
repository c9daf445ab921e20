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
	 * @param pixelSizeAngstrom NaN leaves the image uncalibrated
	 * @param depthAngstrom distance of slices; NaN for images that have no place along Z
	 */
	static void set(final ImagePlus image, final double pixelSizeAngstrom, final double depthAngstrom) {
		if (Double.isNaN(pixelSizeAngstrom)) return;
		final Calibration calibration = image.getCalibration();
		calibration.pixelWidth = pixelSizeAngstrom;
		calibration.pixelHeight = pixelSizeAngstrom;
		if (!Double.isNaN(depthAngstrom)) calibration.pixelDepth = depthAngstrom;
		calibration.setUnit(ANGSTROM);
	}

	/** An image's pixel size in Å; NaN where its unit is no length that we know. */
	static double pixelSizeAngstrom(final ImagePlus image) {
		final Calibration calibration = image.getCalibration();
		// ImageJ writes micrometres in several ways, and Å as the letter or as the sign.
		switch (calibration.getUnit()) {
			case ANGSTROM:
			case "\u212b":
			case "A":
			case "angstrom":
			case "Angstrom":
				return calibration.pixelWidth;
			case "nm":
				return calibration.pixelWidth * ANGSTROMS_IN_NANOMETRE;
			case "µm":
			case "\u03bcm":
			case "um":
			case "micron":
				return calibration.pixelWidth * ANGSTROMS_IN_MICROMETRE;
			default:
				return Double.NaN;
		}
	}
}
