package io.github.clearice.reconstruct.pose;

import io.github.clearice.task.ParameterException;

/**
 * How poses are searched.
 *
 * @param grid of directions that are all tried
 * @param resolutionAngstrom the finest detail that is compared
 * @param shiftAngstrom largest offset of a particle from the centre, along each axis
 * @param ctf whether the images have the contrast transfer functions that their table lists
 * @param symmetry of the map; equivalent orientations count as one
 */
public record PoseOptions(HealpixGrid grid, double resolutionAngstrom, double shiftAngstrom, boolean ctf,
	PointGroup symmetry)
{

	public PoseOptions {
		if (!(resolutionAngstrom > 0)) throw new ParameterException("The resolution must be positive, not " +
			resolutionAngstrom + " Å (resolution=). Give three pixels or so.");
		if (!(shiftAngstrom >= 0)) throw new ParameterException("The largest shift must not be negative, but it is " +
			shiftAngstrom + " Å (shift=). Give 0 for centred particles.");
	}
}
