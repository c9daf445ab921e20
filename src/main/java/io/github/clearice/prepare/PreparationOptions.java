package io.github.clearice.prepare;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;

/**
 * The steps that prepare particles, in this order: shift to the centre, flip phases, resample, crop or pad, normalise,
 * invert.
 *
 * @param box edge length of the prepared images in pixels, reached by cropping or padding; 0 leaves it
 * @param scaledBox edge length in pixels to which whole images are resampled before; 0 does not
 * @param pixelSizeAngstrom pixel size to which images are resampled instead; NaN does not
 * @param centre whether the shifts in the table are applied to the images
 * @param flip whether phases are flipped by the sign of the contrast transfer function
 * @param normalise whether the background gets mean 0 and standard deviation 1
 * @param ramp whether normalisation takes a plane out of the background first, as RELION does
 * @param diameterFraction diameter of the circle that holds the particle, as a part of the box before padding
 * @param invert whether pixels are multiplied by -1
 */
public record PreparationOptions(int box, int scaledBox, double pixelSizeAngstrom, boolean centre, boolean flip,
	boolean normalise, boolean ramp, double diameterFraction, boolean invert)
{

	/** Nothing is done. */
	public static final PreparationOptions NONE = new PreparationOptions(0, 0, Double.NaN, false, false, false, true,
		ParticleBackground.DEFAULT_DIAMETER_FRACTION, false);

	/** Larger images are micrographs. */
	static final int LARGEST_BOX = 4096;

	/** @throws ParameterException if a size is none */
	public PreparationOptions {
		requireBox("box", box);
		requireBox("scale", scaledBox);
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new ParameterException(
			"The pixel size must be positive, not " + pixelSizeAngstrom + " Å (pixel=).");
		if (scaledBox > 0 && !Double.isNaN(pixelSizeAngstrom)) throw new ParameterException(
			"Both scale= and pixel= are given, which are two ways to say how far to resample. Give one of them.");
		// Within the box there must be pixels left outside the circle.
		if (normalise && !(diameterFraction > 0 && diameterFraction <= 1.3)) throw new ParameterException(
			"The particle's diameter must be more than 0 and at most 1.3 boxes, not " + diameterFraction + " (diameter=).");
	}

	private static void requireBox(final String name, final int pixels) {
		if (pixels != 0 && pixels < 2 || pixels > LARGEST_BOX) throw new ParameterException(name + "=" + pixels +
			" is not a size of a particle image. Give 2 to " + LARGEST_BOX + " pixels.");
	}

	/**
	 * From which box and pixel size to which others images are brought.
	 *
	 * @param resampling of the whole images
	 * @param pixelSizeAngstrom as it is; NaN where it is unknown
	 * @param preparedBox after cropping or padding
	 */
	record Geometry(Resampling resampling, double pixelSizeAngstrom, int preparedBox) {

		/** @throws ParameterException if a pixel size is asked for, and that of the stack is unknown */
		static Geometry of(final ParticleStack stack, final PreparationOptions options) {
			final Resampling resampling = resampling(stack, options);
			return new Geometry(resampling, stack.pixelSizeAngstrom(), options.box() > 0 ? options.box() : resampling
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
			if (pixels < 2 || pixels > PreparationOptions.LARGEST_BOX) throw new ParameterException("A pixel size of " +
				options.pixelSizeAngstrom() + " Å would make " + Math.round(pixels) + " pixels of the " + box + " of " +
				stack.name() + ". Give another pixel=.");
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
}
