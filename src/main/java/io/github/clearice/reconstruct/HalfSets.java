package io.github.clearice.reconstruct;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.util.stream.IntStream;

/**
 * The half-sets of particles that are treated apart: those of RELION ({@code rlnRandomSubset}), or else every other
 * row.
 */
public final class HalfSets {

	private final RelionParticles rows;

	private HalfSets(final RelionParticles rows) {
		this.rows = rows;
	}

	/** @throws ParameterException if the particles come from no STAR file */
	public static HalfSets of(final ParticleStack stack) {
		return new HalfSets(stack.rows().orElseThrow(() -> new ParameterException(stack.name() +
			" has no angles. Give a STAR file that lists them.")));
	}

	/** The half-set of a row, 0 or 1. */
	public int of(final int row) {
		final int subset = rows.particles().get(row).randomSubset();
		return subset == 1 || subset == 2 ? subset - 1 : row % 2;
	}

	/** The rows of a half-set, 0 or 1, ascending. */
	public int[] rows(final int half) {
		return IntStream.range(0, rows.size()).filter(row -> of(row) == half).toArray();
	}

	/**
	 * Checks that neither is empty.
	 *
	 * @param place of the particles, for the message
	 * @param remedy the alternative to giving both, beginning with a comma; may be empty
	 * @throws ParameterException if all particles are in one
	 */
	public HalfSets requireBoth(final String place, final String remedy) {
		// Mostly, one of the first rows tells.
		if (IntStream.range(1, rows.size()).anyMatch(row -> of(row) != of(0))) return this;
		throw new ParameterException(place + ": all " + rows.size() + " particles are in one half-set" + (rows.table().has(
			"rlnRandomSubset") ? " (rlnRandomSubset)" : "") + ". Give both" + remedy + ".");
	}
}
