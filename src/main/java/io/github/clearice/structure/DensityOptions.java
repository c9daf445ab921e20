package io.github.clearice.structure;

import io.github.clearice.fourier.Volume;
import io.github.clearice.task.InputException;

/**
 * How a density map is computed.
 *
 * @param box edge length of the map in voxels, 2 to {@link Volume#LARGEST_BOX}
 * @param pixelSizeAngstrom edge length of a voxel in Å
 * @param resolutionAngstrom 0 for electron scattering factors and B factors; or
 *          the resolution in Å of one Gaussian an atom
 * @param clip whether a structure too large for the box is cut at its faces
 *          instead of refused
 */
public record DensityOptions(int box, double pixelSizeAngstrom, double resolutionAngstrom, boolean clip) {

	/** @throws InputException for a box, pixel size or resolution that makes no sense */
	public DensityOptions {
		if (!(pixelSizeAngstrom > 0) || pixelSizeAngstrom > 1000) throw new InputException(
			"The pixel size must be above 0 and at most 1000 Å, not " + pixelSizeAngstrom + ".");
		if (!(resolutionAngstrom >= 0) || resolutionAngstrom > 1000) throw new InputException(
			"The resolution must be 0 (scattering factors) to 1000 Å, not " + resolutionAngstrom + ".");
		// Last, because a box may have been derived from the two others.
		if (box < 2 || box > Volume.LARGEST_BOX) throw new InputException("The box must be 2 to " +
			Volume.LARGEST_BOX + " voxels, not " + box + ". Give another box, or another pixel size.");
	}

	/** Electron scattering factors and B factors. */
	public static DensityOptions scattering(final int box, final double pixelSizeAngstrom) {
		return new DensityOptions(box, pixelSizeAngstrom, 0, false);
	}

	/** One Gaussian an atom at a resolution in Å. */
	public static DensityOptions atResolution(final int box, final double pixelSizeAngstrom,
		final double resolutionAngstrom)
	{
		return new DensityOptions(box, pixelSizeAngstrom, resolutionAngstrom, false);
	}

	/** The same, but crops density that does not fit. */
	public DensityOptions clipping() {
		return new DensityOptions(box, pixelSizeAngstrom, resolutionAngstrom, true);
	}
}
