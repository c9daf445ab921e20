package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfSource;
import io.github.clearice.task.ParameterException;

import java.util.List;

/**
 * What micrographs are simulated.
 *
 * @param width of each in pixels
 * @param height of each in pixels
 * @param thicknessesNanometre of the ice
 * @param count of micrographs for each thickness
 * @param particles of each micrograph
 * @param distanceAngstrom least distance between the middles of two particles
 * @param snr variance of the particles over variance of the camera's noise in a particle's box, in vacuum
 * @param ice what the ice does
 * @param ctf of the micrographs, or null where they have none
 * @param keepsCtf whether the clean micrographs have it too
 * @param gradient how much brighter the background is at the right than at the left, in deviations of the camera's
 * noise
 * @param carbon share of the width that a carbon film covers, at the right
 * @param seed the same gives the same micrographs
 */
public record MicrographOptions(int width, int height, List<Double> thicknessesNanometre, int count, int particles,
	double distanceAngstrom, double snr, IceModel ice, CtfSource ctf, boolean keepsCtf, double gradient, double carbon,
	long seed)
{

	/** @throws ParameterException if a number is out of range */
	public MicrographOptions {
		thicknessesNanometre = List.copyOf(thicknessesNanometre);
		require(Math.min(width, height) >= 64 && Math.max(width, height) <= 16_384,
			"Micrographs have 64 to 16384 pixels along an edge, not " + width + " x " + height);
		require(!thicknessesNanometre.isEmpty() && thicknessesNanometre.stream().allMatch(thickness -> thickness >= 0 &&
			thickness <= 2000), "Ice is 0 to 2000 nm thick, not " + thicknessesNanometre);
		require(count >= 1 && (long) count * thicknessesNanometre.size() <= 1_000_000,
			"The number of micrographs must be 1 to a million, not " + count);
		require(particles >= 0 && particles <= 32_767, "A micrograph has 0 to 32767 particles, not " + particles);
		require(distanceAngstrom >= 0, "The distance of particles must be 0 or more, not " + distanceAngstrom + " Å");
		require(snr > 0 && snr < Double.POSITIVE_INFINITY, "The signal-to-noise ratio must be above 0, not " + snr);
		require(Double.isFinite(gradient), "The gradient must be finite, not " + gradient);
		require(carbon >= 0 && carbon <= 0.9, "Carbon covers a share of 0 to 0.9, not " + carbon);
	}

	/** Number of all micrographs. */
	int total() {
		return count * thicknessesNanometre.size();
	}

	/** Thickness of the ice of a micrograph; those of one thickness follow each other. */
	double thicknessNanometre(final int micrograph) {
		return thicknessesNanometre.get(micrograph / count);
	}

	private static void require(final boolean holds, final String problem) {
		if (!holds) throw new ParameterException(problem + ". Correct it.");
	}
}
