package io.github.clearice.simulate;

import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.util.List;
import java.util.SplittableRandom;

/** Where the contrast transfer functions of simulated particles come from. Immutable; shared by all threads. */
public interface CtfSource {

	/**
	 * The parameters of a particle; null for a plain projection.
	 *
	 * @param index number of the particle, from 0
	 * @param random stream of this particle alone
	 */
	CtfParameters draw(long index, SplittableRandom random);

	/** How many particles there are parameters for. */
	default long available() {
		return Long.MAX_VALUE;
	}

	/** These with other aberrations, magnification and state. */
	default CtfSource with(final ObservationModel observation) {
		final CtfSource plain = this;
		return new CtfSource() {

			@Override
			public CtfParameters draw(final long index, final SplittableRandom random) {
				return plain.draw(index, random).with(observation);
			}

			@Override
			public long available() {
				return plain.available();
			}
		};
	}

	/** Images without CTF that share one distortion. */
	static CtfSource geometry(final Magnification magnification) {
		final CtfParameters geometry = CtfParameters.geometry(magnification);
		return (index, random) -> geometry;
	}

	/**
	 * The parameters in a particle table, row by row.
	 *
	 * @param withCtf whether images have CTFs and aberrations; if not, the magnification alone counts
	 * @throws ParameterException if a particle has none
	 */
	static CtfSource of(final RelionParticles particles, final boolean withCtf) {
		final List<CtfParameters> listed = CtfParameters.listed(particles, withCtf);
		return new CtfSource() {

			@Override
			public CtfParameters draw(final long index, final SplittableRandom random) {
				if (index >= available()) throw new ParameterException("Particle " + (index + 1) + " has no CTF: only " +
					available() + " are listed. Simulate fewer particles or list more.");
				return listed.get((int) index);
			}

			@Override
			public long available() {
				return listed.size();
			}
		};
	}
}
