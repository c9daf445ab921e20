package io.github.clearice.reproduce;

import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.Seeds;

import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Errors of poses as a refinement leaves them.
 *
 * @param angleDegree standard deviation of turns about each of the three axes of the image
 * @param shiftAngstrom standard deviation of the origin along x and y
 * @param wrongShare share of particles whose orientation is any
 */
record RefinementError(double angleDegree, double shiftAngstrom, double wrongShare) {

	/** Writes the particles of a STAR file with disturbed poses. */
	void disturb(final Path from, final Path to, final long seed) {
		final RelionParticles particles = RelionParticles.read(from);
		final Orientation[] views = new Orientation[particles.size()];
		final double[] x = new double[views.length], y = new double[views.length];
		for (int i = 0; i < views.length; i++) {
			final SplittableRandom random = Seeds.random(seed, i);
			final RelionParticle particle = particles.particles().get(i);
			x[i] = particle.originXAngstrom() + shiftAngstrom * random.nextGaussian();
			y[i] = particle.originYAngstrom() + shiftAngstrom * random.nextGaussian();
			views[i] = random.nextDouble() < wrongShare ? Orientations.uniform().draw(i, random).orientation() : turned(
				new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()), random);
		}
		StarTable table = particles.table();
		table = table.withColumn("rlnAngleRot", i -> String.valueOf(views[i].rotDegree())).withColumn("rlnAngleTilt",
			i -> String.valueOf(views[i].tiltDegree())).withColumn("rlnAnglePsi", i -> String.valueOf(views[i].psiDegree()))
			.withColumn("rlnOriginXAngst", i -> String.valueOf(x[i])).withColumn("rlnOriginYAngst", i -> String.valueOf(
				y[i]));
		particles.tables().with(particles.table(), table).write(to);
	}

	private Orientation turned(final Orientation orientation, final SplittableRandom random) {
		double[] matrix = orientation.matrix();
		for (int axis = 0; axis < 3; axis++) matrix = Rotations.turned(matrix, axis, angleDegree * random.nextGaussian());
		return Rotations.orientation(matrix);
	}
}
