package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.List;

/** How far poses lie from those that a table lists, such as the true ones of a simulation. */
public final class PoseErrors {

	/** Beyond this an orientation is another one, not an inexact one. */
	public static final double WRONG_DEGREE = 15;

	private PoseErrors() {}

	/**
	 * The angle between what was found and what is listed, for each particle, the least over the symmetry.
	 *
	 * @param listed a table with angles
	 * @throws io.github.clearice.task.InputException if it has none
	 * @throws ParameterException if it lists more or fewer particles than were found
	 */
	public static double[] degrees(final RelionParticles listed, final List<PoseMatch> found, final PointGroup symmetry) {
		requireSame(listed, found.size());
		final double[] degrees = new double[found.size()];
		for (int i = 0; i < degrees.length; i++) {
			final RelionParticle particle = listed.particles().get(i);
			degrees[i] = Rotations.distanceDegree(new Orientation(particle.rotDegree(), particle.tiltDegree(), particle
				.psiDegree()).matrix(), found.get(i).pose().orientation().matrix(), symmetry);
		}
		return degrees;
	}

	/**
	 * Holds that a table can be compared with so many particles.
	 *
	 * @throws io.github.clearice.task.InputException if it has no angles
	 * @throws ParameterException if it lists more or fewer particles
	 */
	public static void requireSame(final RelionParticles listed, final int particles) {
		listed.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		if (listed.size() != particles) throw new ParameterException(listed.file() + " lists " + listed.size() +
			" particles, but there are " + particles + ". Give the true poses of the same particles in the same order.");
	}

	/** The distance in Å between the origins that were found and those listed; NaN where these are in unknown units. */
	public static double[] shiftsAngstrom(final RelionParticles listed, final List<PoseMatch> found) {
		final double[] shifts = new double[found.size()];
		for (int i = 0; i < shifts.length; i++) {
			final RelionParticle particle = listed.particles().get(i);
			shifts[i] = Math.hypot(found.get(i).pose().originXAngstrom() - particle.originXAngstrom(), found.get(i).pose()
				.originYAngstrom() - particle.originYAngstrom());
		}
		return shifts;
	}

	/** The upper median. */
	public static double median(final double[] values) {
		return quantile(values, 0.5);
	}

	/** @param share of the values that are smaller, 0 to below 1 */
	public static double quantile(final double[] values, final double share) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) (share * sorted.length)];
	}

	/** Whether an orientation is another one. */
	public static boolean isWrong(final double degree) {
		return degree > WRONG_DEGREE;
	}

	/** How many are wrong. */
	public static long wrong(final double[] degrees) {
		return Arrays.stream(degrees).filter(PoseErrors::isWrong).count();
	}
}
