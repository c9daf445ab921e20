package io.github.clearice.reconstruct;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;

import java.util.Arrays;
import java.util.List;

/** How far orientations lie from those that a table lists, such as the true ones of a simulation. */
public final class PoseErrors {

	/** Beyond this an orientation is another one, not an inexact one. */
	public static final double WRONG_DEGREE = 15;

	private PoseErrors() {}

	/**
	 * The angle between what was found and what is listed, for each particle, the least over the symmetry.
	 *
	 * @param listed a table with angles
	 * @throws io.github.clearice.star.StarException if it has none
	 */
	public static double[] degrees(final RelionParticles listed, final List<PoseMatch> found, final PointGroup symmetry) {
		listed.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		final double[] degrees = new double[found.size()];
		for (int i = 0; i < degrees.length; i++) {
			final RelionParticle particle = listed.particles().get(i);
			degrees[i] = Rotations.distanceDegree(new Orientation(particle.rotDegree(), particle.tiltDegree(), particle
				.psiDegree()).matrix(), found.get(i).pose().orientation().matrix(), symmetry);
		}
		return degrees;
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

	/** How many are wrong. */
	public static long wrong(final double[] degrees) {
		return Arrays.stream(degrees).filter(error -> error > WRONG_DEGREE).count();
	}
}
