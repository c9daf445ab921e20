package io.github.clearice.reconstruct;

import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.task.ParameterException;

/**
 * How poses and map are refined.
 *
 * @param finest grid of directions; coarser ones are taken while the map is coarse
 * @param startAngstrom detail of the start: up to it the half-sets share what they are compared with
 * @param shiftAngstrom largest offset of a particle from the centre, along each axis
 * @param diameterAngstrom of the particle; what lies outside is left out of references and of the correlation
 * @param ctf whether the images have the contrast transfer functions that their table lists
 * @param symmetry of the particle
 * @param iterations at most
 */
public record RefinementOptions(HealpixGrid finest, double startAngstrom, double shiftAngstrom, double diameterAngstrom,
	boolean ctf, PointGroup symmetry, int iterations)
{

	/** @throws ParameterException if an option is out of range */
	public RefinementOptions {
		if (!(startAngstrom > 0)) throw new ParameterException("The resolution of the start must be positive, not " +
			startAngstrom + " Å (start=). Give 40 to 60.");
		if (!(diameterAngstrom > 0)) throw new ParameterException("The diameter of the particle must be positive, not " +
			diameterAngstrom + " Å (diameter=).");
		if (iterations < 1) throw new ParameterException("A refinement takes at least 1 iteration, not " + iterations +
			" (iterations=).");
	}

	/** The coarsest grid, of at least order 1, whose directions a detail at the particle's edge tells from each other. */
	HealpixGrid grid(final double resolutionAngstrom) {
		final double needed = Math.toDegrees(2 * resolutionAngstrom / diameterAngstrom);
		for (int order = 1; order < finest.order(); order++) {
			final HealpixGrid grid = new HealpixGrid(order);
			if (grid.spacingDegree() <= needed) return grid;
		}
		return finest;
	}
}
