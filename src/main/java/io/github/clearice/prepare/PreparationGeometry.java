package io.github.clearice.prepare;

import io.github.clearice.stack.ParticleStack;

/**
 * From which box and pixel size to which others images are brought.
 *
 * @param box of the images as they are, in pixels
 * @param pixelSizeAngstrom as it is; NaN where it is unknown
 * @param scaledBox after resampling
 * @param ratio new pixel size over that of the images; 1 without resampling
 * @param preparedBox after cropping or padding
 */
record PreparationGeometry(int box, double pixelSizeAngstrom, int scaledBox, double ratio, int preparedBox) {

	/** A pixel size this near to one at which the field of view is a whole number of pixels is taken for that. */
	private static final double ROUNDING = 1e-4;

	/** @throws PrepareException if a pixel size is asked for, and that of the stack is unknown */
	static PreparationGeometry of(final ParticleStack stack, final PreparationOptions options) {
		final int box = stack.box();
		int scaled = options.scaledBox() > 0 ? options.scaledBox() : box;
		double ratio = (double) box / scaled;
		if (!Double.isNaN(options.pixelSizeAngstrom())) {
			if (Double.isNaN(stack.pixelSizeAngstrom())) throw new PrepareException(stack.name() +
				" does not state its pixel size, so it cannot be resampled to one. Give its own with original=, or a box with scale=.");
			ratio = options.pixelSizeAngstrom() / stack.pixelSizeAngstrom();
			scaled = scaled(box, ratio);
			if (scaled < 2 || scaled > 8 * box) throw new PrepareException("A pixel size of " + options.pixelSizeAngstrom() +
				" Å would make " + scaled + " pixels of the " + box + " of " + stack.name() + ". Give another pixel=.");
			if (Math.abs((double) box / scaled / ratio - 1) < ROUNDING) ratio = (double) box / scaled;
		}
		return new PreparationGeometry(box, stack.pixelSizeAngstrom(), scaled, ratio, options.box() > 0 ? options.box()
			: scaled);
	}

	/** The whole number of pixels that holds the field of view, or else the nearest even one. */
	private static int scaled(final int box, final double ratio) {
		final double exact = box / ratio;
		final int nearest = (int) Math.rint(exact);
		return Math.abs(nearest / exact - 1) < ROUNDING ? nearest : 2 * (int) Math.rint(exact / 2);
	}

	boolean resamples() {
		return ratio != 1;
	}

	/** Whether the field of view is a whole number of new pixels. */
	boolean isWhole() {
		return Math.abs((double) box / scaledBox / ratio - 1) < 1e-12;
	}

	/** NaN where it is unknown. */
	double preparedPixelSizeAngstrom() {
		return pixelSizeAngstrom * ratio;
	}
}
