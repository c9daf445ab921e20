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

	/**
	 * View directions about one axis, by the distribution of Fisher (1953) on the
	 * sphere with concentration {@code 1 / spread^2}, uniform in the plane.
	 */
	static final class PreferredView implements Orientations {

		private final double[] axis;
		private final double[] first;
		private final double[] second;
		private final double concentration;

		PreferredView(final double[] axis, final double spreadDegree) {
			final double length = axis.length == 3 ? Math.sqrt(dot(axis, axis)) : 0;
			if (!(length > 0) || Double.isInfinite(length)) throw new ParameterException(
				"The axis of the preferred view must be three numbers, not all zero. Give a direction such as 0, 0, 1.");
			if (!(spreadDegree > 0 && spreadDegree <= 180)) throw new ParameterException(
				"The spread of the preferred view is " + spreadDegree +
					" degrees. It must be above 0 and at most 180, such as 20.");
			this.axis = scaled(axis, 1 / length);
			// Any direction that is far from the axis serves to span the plane across it.
			final double[] helper = Math.abs(this.axis[2]) < 0.9 ? new double[] { 0, 0, 1 } : new double[] { 1, 0, 0 };
			final double[] across = cross(helper, this.axis);
			this.first = scaled(across, 1 / Math.sqrt(dot(across, across)));
			this.second = cross(this.axis, first);
			this.concentration = 1 / Math.pow(Math.toRadians(spreadDegree), 2);
		}

		@Override
		public Pose draw(final long index, final SplittableRandom random) {
			final double uniform = random.nextDouble();
			// Inverse of the cumulative distribution of the cosine (Ulrich 1984).
			final double cosine = 1 + Math.log(uniform + (1 - uniform) * Math.exp(-2 * concentration)) / concentration;
			final double sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
			final double azimuth = random.nextDouble(2 * Math.PI);
			final double[] view = new double[3];
			for (int i = 0; i < 3; i++) view[i] = cosine * axis[i] + sine * (Math.cos(azimuth) * first[i] +
				Math.sin(azimuth) *
				second[i]);
			final double tilt = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, view[2]))));
			final double rot = Math.toDegrees(Math.atan2(view[1], view[0]));
			return Pose.centred(new Orientation(rot, tilt, random.nextDouble(-180, 180)));
		}

		private static double dot(final double[] a, final double[] b) {
			return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
		}

		private static double[] cross(final double[] a, final double[] b) {
			return new double[] { a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0] };
		}

		private static double[] scaled(final double[] a, final double factor) {
			return new double[] { a[0] * factor, a[1] * factor, a[2] * factor };
		}
	}
}
