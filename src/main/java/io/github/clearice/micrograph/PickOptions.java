package io.github.clearice.micrograph;

import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.task.ParameterException;

/**
 * The particles to find in micrographs.
 *
 * @param map of the particle, or null for a disc
 * @param diameterAngstrom of the particle; NaN for that of the map
 * @param distanceAngstrom least distance of two particles; NaN for three quarters of the diameter
 * @param resolutionAngstrom finest detail that is compared
 * @param grid of the directions of views
 * @param inPlaneStepDegree between two in-plane rotations of a view
 * @param ctf of the micrographs, or null
 * @param dark whether particles are darker than the ice
 */
public record PickOptions(Volume map, double diameterAngstrom, double distanceAngstrom, double resolutionAngstrom,
	HealpixGrid grid, double inPlaneStepDegree, CtfParameters ctf, boolean dark)
{

	private static final double DISTANCE_DIAMETERS = 0.75;

	/** @throws ParameterException if a number is out of range, or both map and diameter are missing */
	public PickOptions {
		if (map == null && Double.isNaN(diameterAngstrom)) throw new ParameterException(
			"Neither a map nor the diameter of the particle is given. Give map= or diameter=.");
		if (Double.isNaN(diameterAngstrom)) diameterAngstrom = Templates.diameterAngstrom(map);
		require(diameterAngstrom > 0, "The diameter must be positive, not " + diameterAngstrom + " Å");
		if (Double.isNaN(distanceAngstrom)) distanceAngstrom = DISTANCE_DIAMETERS * diameterAngstrom;
		require(distanceAngstrom > 0, "The distance must be positive, not " + distanceAngstrom + " Å");
		require(resolutionAngstrom > 0 && resolutionAngstrom <= diameterAngstrom / 2,
			"The resolution must be positive and at most half the diameter of " + Math.round(diameterAngstrom) + " Å, not " +
				resolutionAngstrom + " Å");
		require(inPlaneStepDegree >= 1 && inPlaneStepDegree <= 360, "The in-plane step must be 1 to 360 degrees, not " +
			inPlaneStepDegree);
	}

	/** The same for micrographs of another CTF, or null for none. */
	public PickOptions with(final CtfParameters other) {
		return new PickOptions(map, diameterAngstrom, distanceAngstrom, resolutionAngstrom, grid, inPlaneStepDegree, other,
			dark);
	}

	private static void require(final boolean holds, final String problem) {
		if (!holds) throw new ParameterException(problem + ". Correct it.");
	}
}
