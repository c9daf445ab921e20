package io.github.clearice.stack;

import io.github.clearice.fourier.ImageStatistics;

import java.util.Optional;

/** Finds pixels that are not numbers, which would spread over all that is computed from them. */
public final class PixelCheck {

	private PixelCheck() {}

	/**
	 * Where a particle's pixels hold NaN or infinity, to be put behind "Particle":
	 * {@code 3 of noisy.mrcs holds NaN at pixel (5, 0)}; empty where all are numbers.
	 *
	 * @param stack that the particle belongs to
	 * @param index of the particle, from 0
	 * @param pixels {@code box * box} of them
	 */
	public static Optional<String> fault(final ParticleStack stack, final int index, final float[] pixels) {
		final int bad = ImageStatistics.firstNotFinite(pixels);
		if (bad < 0) return Optional.empty();
		return Optional.of((index + 1) + " of " + stack.name() + " holds " + pixels[bad] + " at pixel (" + bad % stack
			.box() + ", " + bad / stack.box() + ")");
	}
}
