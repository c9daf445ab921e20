package io.github.clearice.stack;

import io.github.clearice.task.InputException;

/**
 * Noisy particles and the clean images of the same particles, in the same
 * order.
 *
 * @param noisy the stack to be denoised
 * @param clean the references
 */
public record ParticlePairs(ParticleStack noisy, ParticleStack clean) implements AutoCloseable {

	/** Headers hold pixel sizes as float32 cell lengths: relative differences below this are rounding. */
	private static final double PIXEL_SIZE_TOLERANCE = 1e-3;

	/**
	 * Joins two stacks of equal count, box and pixel size; a pixel size that is
	 * unknown on one side fits any.
	 *
	 * @throws InputException if the stacks do not belong together, naming both
	 */
	public ParticlePairs {
		requireMatch(noisy, clean);
	}

	/**
	 * Checks that two stacks can be compared particle by particle.
	 *
	 * @throws InputException if their counts, boxes or pixel sizes differ,
	 *           naming both
	 */
	public static void requireMatch(final ParticleStack first, final ParticleStack second) {
		final boolean alike = first.name().equals(second.name());
		final String firstName = alike ? first.place() : first.name();
		final String secondName = alike ? second.place() : second.name();
		if (first.size() != second.size()) throw new InputException(firstName + " holds " + first.size() +
			" particles, but " + secondName + " holds " + second.size() +
			"; give two stacks with the same particles in the same order.");
		if (first.box() != second.box()) throw new InputException(firstName + " has a box of " + first.box() +
			" pixels, but " + secondName + " of " + second.box() + "; rescale or crop one of them.");
		final double a = first.pixelSizeAngstrom();
		final double b = second.pixelSizeAngstrom();
		if (Math.abs(a - b) > PIXEL_SIZE_TOLERANCE * Math.max(a, b)) throw new InputException(firstName +
			" has a pixel size of " + a + " Å, but " + secondName + " of " + b +
			" Å; use stacks of one pixel size, or correct the wrong header.");
	}

	/** Some pairs that follow each other, see {@link ParticleStack#range}. */
	public ParticlePairs range(final int first, final int count) {
		return new ParticlePairs(noisy.range(first, count), clean.range(first, count));
	}

	public int size() {
		return noisy.size();
	}

	public int box() {
		return noisy.box();
	}

	/** The pixel size that either stack states, in Å; NaN where neither does. */
	public double pixelSizeAngstrom() {
		return Double.isNaN(noisy.pixelSizeAngstrom()) ? clean.pixelSizeAngstrom() : noisy.pixelSizeAngstrom();
	}

	/** Closes both stacks. */
	@Override
	public void close() {
		try {
			noisy.close();
		}
		finally {
			clean.close();
		}
	}
}
