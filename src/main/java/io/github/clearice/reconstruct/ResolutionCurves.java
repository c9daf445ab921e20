package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.Seeds;

/**
 * The correlation of two volumes with and without a mask.
 * <p>
 * A mask takes away noise around the particle, but its own shape correlates too.
 * How much is measured with phases made random from the first shell on where the
 * unmasked correlation is below {@value #RANDOM_BELOW}, and taken away:
 * {@code (masked - randomised) / (1 - randomised)} (Chen et al. 2013, equation 4;
 * from two shells later on, as in RELION).
 *
 * @param unmasked of the whole boxes
 * @param masked within the mask; null without one
 * @param randomised within the mask, after the phases were made random; null without a mask
 * @param corrected what is to be believed: that of the masked volumes without the mask's own share; the unmasked
 *          one without a mask
 * @param randomFrom first shell whose phases were made random; 0 without a mask
 */
public record ResolutionCurves(ShellCorrelation unmasked, ShellCorrelation masked, ShellCorrelation randomised,
	ShellCorrelation corrected, int randomFrom)
{

	private static final double RANDOM_BELOW = 0.8;

	/** How far beyond the first random shell the correction begins. */
	private static final int TRANSITION = 2;

	/** Correlates whole boxes. */
	public static ResolutionCurves of(final Volume first, final Volume second) {
		final ShellCorrelation curve = VolumeCorrelation.between(first, second);
		return new ResolutionCurves(curve, null, null, curve, 0);
	}

	/**
	 * Correlates within a mask.
	 *
	 * @param mask weights of the voxels, 0 to 1
	 * @param seed of the random phases
	 */
	public static ResolutionCurves of(final Volume first, final Volume second, final float[] mask, final long seed) {
		final ShellCorrelation unmasked = VolumeCorrelation.between(first, second);
		final ShellCorrelation masked = VolumeCorrelation.between(times(first, mask), times(second, mask));
		final int from = firstBelow(unmasked.values());
		final ShellCorrelation randomised = VolumeCorrelation.between(times(PhaseRandomisation.apply(first, from, Seeds
			.derive(seed, 0)), mask), times(PhaseRandomisation.apply(second, from, Seeds.derive(seed, 1)), mask));
		final double[] corrected = masked.values().clone();
		for (int shell = from + TRANSITION; shell < corrected.length; shell++) {
			final double bias = randomised.values()[shell];
			corrected[shell] = corrected[shell] <= bias ? 0 : (corrected[shell] - bias) / (1 - bias);
		}
		return new ResolutionCurves(unmasked, masked, randomised, new ShellCorrelation(first.box(), first
			.pixelSizeAngstrom(), corrected), from);
	}

	/** The same curves of volumes whose pixel size is unknown. */
	public ResolutionCurves withoutPixelSize() {
		return new ResolutionCurves(unmasked.withoutPixelSize(), masked == null ? null : masked.withoutPixelSize(),
			randomised == null ? null : randomised.withoutPixelSize(), corrected.withoutPixelSize(), randomFrom);
	}

	private static int firstBelow(final double[] values) {
		for (int shell = 1; shell < values.length; shell++) if (values[shell] < RANDOM_BELOW) return shell;
		return values.length;
	}

	private static Volume times(final Volume volume, final float[] mask) {
		final float[] masked = new float[mask.length];
		for (int i = 0; i < mask.length; i++) masked[i] = volume.data()[i] * mask[i];
		return new Volume(volume.box(), volume.pixelSizeAngstrom(), masked);
	}
}
