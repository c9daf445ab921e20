package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

import java.io.Serializable;

/**
 * Where and from which side a particle is seen.
 *
 * @param orientation the direction of view
 * @param originXAngstrom {@code rlnOriginXAngst}: the picture is moved by minus this
 * @param originYAngstrom {@code rlnOriginYAngst}: the picture is moved by minus this
 */
public record Pose(Orientation orientation, double originXAngstrom, double originYAngstrom) implements Serializable {

	public Pose {
		if (!Double.isFinite(originXAngstrom + originYAngstrom)) throw new ParameterException(
			"Origin offsets must be finite, not (" + originXAngstrom + ", " + originYAngstrom +
				") Å. Correct the particle's origin.");
	}

	/** A pose in the centre of the image. */
	public static Pose centred(final Orientation orientation) {
		return new Pose(orientation, 0, 0);
	}
}
