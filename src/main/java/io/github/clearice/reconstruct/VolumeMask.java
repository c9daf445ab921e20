package io.github.clearice.reconstruct;

import io.github.clearice.fourier.SoftSphere;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParameterException;

import java.util.Locale;

/** Weights, 0 to 1, of the voxels that count in a comparison, checked against the volumes that they are for. */
public final class VolumeMask {

	private static final double ROUNDING = 1e-3;

	private VolumeMask() {}

	/**
	 * Holds that two volumes have one box and pixel size and differ from zero.
	 *
	 * @param name of the second volume, for the message
	 */
	public static void requireAlike(final String firstName, final Volume first, final String name, final Volume second) {
		if (first.box() != second.box()) throw new ParameterException(name + " has a box of " + second.box() +
			" voxels, but " + firstName + " of " + first.box() + ". Crop, pad or resample one of them.");
		final double ratio = second.pixelSizeAngstrom() / first.pixelSizeAngstrom();
		if (Math.abs(ratio - 1) > Volume.PIXEL_SIZE_TOLERANCE) throw new ParameterException(String.format(Locale.ROOT,
			"%s has voxels of %s Å, but %s of %s. Resample one of them, or correct its header.", name, second
				.pixelSizeAngstrom(), firstName, first.pixelSizeAngstrom()));
	}

	/**
	 * The weights of a mask's volume.
	 *
	 * @throws ParameterException if a voxel is outside 0 to 1, or all are 0
	 */
	public static float[] of(final String name, final Volume mask) {
		float largest = 0;
		for (final float value : mask.data()) {
			if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) throw new ParameterException("The mask " + name +
				" has a voxel of " + value + ". A mask goes from 0 (outside) to 1 (inside): scale it.");
			largest = Math.max(largest, value);
		}
		return requireSome(name, mask.data(), largest);
	}

	/**
	 * A sphere with a soft edge.
	 *
	 * @param diameterAngstrom where the edge begins
	 * @param edgeAngstrom width of the edge
	 */
	public static float[] sphere(final Volume volume, final double diameterAngstrom, final double edgeAngstrom) {
		final double pixel = volume.pixelSizeAngstrom();
		final double radius = diameterAngstrom / 2 / pixel, edge = edgeAngstrom / pixel;
		if (!(radius >= 1)) throw new ParameterException("A mask of " + diameterAngstrom +
			" Å is smaller than a voxel either way. Give a larger diameter (diameter=), such as that of the particle.");
		return new SoftSphere(radius, edge).weights(volume.box());
	}

	private static float[] requireSome(final String name, final float[] weights, final float largest) {
		if (!(largest > ROUNDING)) throw new ParameterException("The mask " + name +
			" is zero everywhere: nothing is left to compare. Choose another mask.");
		return weights;
	}
}
