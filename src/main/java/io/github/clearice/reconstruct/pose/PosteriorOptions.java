package io.github.clearice.reconstruct.pose;

import io.github.clearice.task.ParameterException;

/**
 * What is known of particles before their images are looked at.
 *
 * @param grid of directions that all are compared; where images tell more, finer ones are taken near the likely ones
 * @param correctsCtf whether the CTFs that the particles' table lists, where it does, are those of the images
 * @param shiftAngstrom how far particles are off their centres along x and y: the largest distance of a uniform prior,
 *          the standard deviation of a Gaussian one; 0 for centred particles
 * @param shiftPrior how likely the distances are
 * @param symmetry of all maps
 * @param noise whether the noise has a spectrum, which is measured, or the same power at all frequencies
 */
public record PosteriorOptions(HealpixGrid grid, boolean correctsCtf, double shiftAngstrom, ShiftPrior shiftPrior,
	PointGroup symmetry, Noise noise)
{

	/** The prior of the shifts of particles from the centre. */
	public enum ShiftPrior {
		UNIFORM, GAUSSIAN
	}

	/** The spectrum of the noise. */
	public enum Noise {
		/** The same power at all frequencies. */
		WHITE,
		/** A power for each ring, and another for noise that passed through the CTF. */
		COLOURED
	}

	public PosteriorOptions {
		if (!(shiftAngstrom >= 0) || Double.isInfinite(shiftAngstrom)) throw new ParameterException(
			"Particles cannot be off their centres by " + shiftAngstrom + " Å (shift=). Give 0 or more.");
	}

	/** Centred particles without symmetry. */
	public static PosteriorOptions centred(final HealpixGrid grid, final boolean correctsCtf) {
		return new PosteriorOptions(grid, correctsCtf, 0, ShiftPrior.UNIFORM, PointGroup.C1, Noise.COLOURED);
	}

	/** How far off the centre shifts are looked for, along x and y: nearly all of a Gaussian prior lies within. */
	double reachAngstrom() {
		return shiftPrior == ShiftPrior.GAUSSIAN ? 3 * shiftAngstrom : shiftAngstrom;
	}
}
