package io.github.clearice.simulate;

import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.util.List;
import java.util.SplittableRandom;

/** Where the views of simulated particles come from. Immutable; shared by all threads. */
public interface Orientations {

	/**
	 * The pose of a particle.
	 *
	 * @param index number of the particle, from 0
	 * @param random stream of this particle alone
	 */
	Pose draw(long index, SplittableRandom random);

	/** How many particles there are poses for. */
	default long available() {
		return Long.MAX_VALUE;
	}

	/** Every orientation equally likely: uniform on the rotation group SO(3). */
	static Orientations uniform() {
		return (index, random) -> {
			final double rot = random.nextDouble(-180, 180);
			final double tilt = Math.toDegrees(Math.acos(random.nextDouble(-1, 1)));
			return Pose.centred(new Orientation(rot, tilt, random.nextDouble(-180, 180)));
		};
	}

	/**
	 * Views along an axis of the map, as particles that stick to the air-water
	 * interface show; uniform in the plane.
	 *
	 * @param axis the preferred view direction in the map's frame, of any length
	 * @param spreadDegree standard deviation, about each of the two tilts away from the axis
	 */
	static Orientations preferred(final double[] axis, final double spreadDegree) {
		return new PreferredView(axis, spreadDegree);
	}

	/** Given poses, one after the other. */
	static Orientations of(final List<Pose> poses) {
		final List<Pose> copy = List.copyOf(poses);
		if (copy.isEmpty()) throw new ParameterException("The list of orientations is empty. Give at least one.");
		return new Orientations() {

			@Override
			public Pose draw(final long index, final SplittableRandom random) {
				if (index >= available()) throw new ParameterException("Particle " + (index + 1) +
					" has no orientation: only " + available() + " are listed. Simulate fewer particles or list more.");
				return copy.get((int) index);
			}

			@Override
			public long available() {
				return copy.size();
			}
		};
	}

	/**
	 * The angles and origins of a particle table, row by row.
	 *
	 * @throws io.github.clearice.task.InputException if the table has no angles
	 */
	static Orientations of(final RelionParticles particles) {
		particles.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		return of(particles.particles().stream().map(Orientations::pose).toList());
	}

	private static Pose pose(final RelionParticle particle) {
		if (!Double.isFinite(particle.originXAngstrom() + particle.originYAngstrom())) throw new ParameterException(
			"The origin of " + particle.imageName() + " is in pixels of unknown size. Add the pixel size to the STAR file.");
		return new Pose(new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()), particle
			.originXAngstrom(), particle.originYAngstrom());
	}
}
