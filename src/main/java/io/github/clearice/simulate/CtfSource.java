package io.github.clearice.simulate;

import io.github.clearice.star.RelionParticles;

import java.util.List;
import java.util.SplittableRandom;

/** Where the contrast transfer functions of simulated particles come from. Immutable; shared by all threads. */
public interface CtfSource {

	/**
	 * The parameters of a particle.
	 *
	 * @param index number of the particle, from 0
	 * @param random stream of this particle alone
	 */
	CtfParameters draw(long index, SplittableRandom random);

	/** How many particles there are parameters for. */
	default long available() {
		return Long.MAX_VALUE;
	}

	/**
	 * The parameters in a particle table, row by row.
	 *
	 * @throws SimulationException if a particle has none
	 */
	static CtfSource of(final RelionParticles particles) {
		final List<CtfParameters> listed = CtfParameters.listed(particles, true);
		return new CtfSource() {

			@Override
			public CtfParameters draw(final long index, final SplittableRandom random) {
				if (index >= available()) throw new SimulationException("Particle " + (index + 1) + " has no CTF: only " +
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
