package io.github.clearice.command;

import io.github.clearice.classical.LowPass;
import io.github.clearice.classical.NoiseLevel;
import io.github.clearice.classical.NonLocalMeans;
import io.github.clearice.classical.RadialWiener;
import io.github.clearice.particle.Denoiser;

import java.util.List;

/**
 * What a user says about classical methods; null is what a method has by itself.
 *
 * @param cutoffAngstrom of the low-pass
 * @param sigma standard deviation of white noise, or null to measure it outside the particle
 * @param diameterFraction diameter of the circle that holds the particle, in boxes
 * @param patchPixels edge length of patches
 * @param windowPixels edge length of the window in which patches are searched
 * @param strength of non-local means
 */
record ClassicalTerms(Double cutoffAngstrom, Double sigma, double diameterFraction, Integer patchPixels,
	Integer windowPixels, Double strength)
{

	static final String LOWPASS = "lowpass";

	/** The names of all methods in commands. */
	static final List<String> METHODS = List.of(LOWPASS, "wiener", "nlm");

	/** The method of this name. */
	Denoiser denoiser(final String method) {
		final NoiseLevel noise = sigma == null ? NoiseLevel.ofBackground(diameterFraction) : NoiseLevel.ofSigma(sigma);
		switch (method) {
			case LOWPASS:
				if (cutoffAngstrom == null) throw new CommandException(
					"method=lowpass needs cutoff=, a resolution in Å. Give one.");
				return new LowPass(cutoffAngstrom);
			case "wiener":
				return RadialWiener.of(noise);
			case "nlm":
				return new NonLocalMeans(noise, or(patchPixels, NonLocalMeans.DEFAULT_PATCH_PIXELS), or(windowPixels,
					NonLocalMeans.DEFAULT_WINDOW_PIXELS), strength == null ? NonLocalMeans.DEFAULT_STRENGTH : strength);
			default:
				throw new IllegalArgumentException("No classical method " + method + "; there are " + METHODS + ".");
		}
	}

	private static int or(final Integer given, final int otherwise) {
		return given == null ? otherwise : given;
	}
}
