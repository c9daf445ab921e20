package io.github.clearice.prepare;

import io.github.clearice.fourier.Resampling;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;

/**
 * From which box and pixel size to which others images are brought.
 *
 * @param resampling of the whole images
 * @param pixelSizeAngstrom as it is; NaN where it is unknown
 * @param preparedBox after cropping or padding
 */
record PreparationGeometry(Resampling resampling, double pixelSizeAngstrom, int preparedBox) {

	/** @throws ParameterException if a pixel size is asked for, and that of the stack is unknown */
	static PreparationGeometry of(final ParticleStack stack, final PreparationOptions options) {
		final int box = stack.box();
		final Resampling resampling = resampling(stack, options);
		return new PreparationGeometry(resampling, stack.pixelSizeAngstrom(), options.box() > 0 ? options.box() : resampling
			.resampledBox());
	}

	private static Resampling resampling(final ParticleStack stack, final PreparationOptions options) {
		final int box = stack.box();
		if (Double.isNaN(options.pixelSizeAngstrom())) return Resampling.toBox(box, options.scaledBox() > 0 ? options
			.scaledBox() : box);
		if (Double.isNaN(stack.pixelSizeAngstrom())) throw new ParameterException(stack.name() +
			" does not state its pixel size, so it cannot be resampled to one. Give its own with original=, or a box with" +
			" scale=.");
		final double pixels = box * stack.pixelSizeAngstrom() / options.pixelSizeAngstrom();
		if (pixels < 2 || pixels > PreparationOptions.LARGEST_BOX) throw new ParameterException("A pixel size of " + options
			.pixelSizeAngstrom() + " Å would make " + Math.round(pixels) + " pixels of the " + box + " of " + stack.name() +
			". Give another pixel=.");
		return Resampling.byRatio(box, options.pixelSizeAngstrom() / stack.pixelSizeAngstrom());
	}

	double ratio() {
		return resampling.ratio();
	}

	/** NaN where it is unknown. */
	double preparedPixelSizeAngstrom() {
		return pixelSizeAngstrom * ratio();
	}
}
