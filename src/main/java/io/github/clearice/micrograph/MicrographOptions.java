package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfSource;
import io.github.clearice.task.ParameterException;

import java.util.List;

/**
 * The parameters of simulated micrographs.
 *
 * @param width of each in pixels
 * @param height of each in pixels
 * @param thicknessesNanometre of the ice
 * @param count of micrographs for each thickness
 * @param particles of each micrograph
 * @param distanceAngstrom least distance between the middles of two particles
 * @param snr variance of the particles over variance of the camera's noise in a particle's box, in vacuum
 * @param ice the model of the ice
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

	/**
	 * The effect of the ice's thickness t on the contrast of particles.
	 * <p>
	 * Of the electrons, {@code exp(-t / L)} pass the ice without losing energy, L being
	 * the mean free path for inelastic scattering. The others carry no image of the
	 * particle. Where they reach the camera, the contrast of particles falls by that
	 * factor while the camera's noise stays; where an energy filter takes them away, all
	 * of the image falls by it, and with the root of it the noise. So, on the scale of the
	 * camera's noise, particles fade by {@code exp(-t / L)} or {@code exp(-t / 2 L)}, and
	 * the signal-to-noise ratio by the square of it. The molecules of the ice themselves
	 * add noise that passes the CTF, with a variance that grows with t and fades as
	 * particles do.
	 *
	 * @param meanFreePathNanometre L
	 * @param filtered whether there is an energy filter
	 * @param structure variance of the noise of 100 nm of ice, before it fades, in variances of the camera's noise
	 * @see <a href="https://doi.org/10.1016/j.jsb.2018.06.007">Rice et al. 2018</a>, equation 1, who measured 395 nm at
	 *      300 kV; for the structural noise <a href="https://doi.org/10.1016/j.jsb.2009.02.012">Baxter et al. 2009</a>
	 */
	public record IceModel(double meanFreePathNanometre, boolean filtered, double structure) {

		/** Measured at 300 kV. */
		public static final double DEFAULT_MEAN_FREE_PATH_NANOMETRE = 395;

		/** @throws ParameterException if a number is out of range */
		public IceModel {
			if (!(meanFreePathNanometre > 0)) throw new ParameterException("The mean free path must be positive, not " +
				meanFreePathNanometre + " nm. Give 395 for 300 kV.");
			if (!(structure >= 0) || Double.isInfinite(structure)) throw new ParameterException(
				"The noise of the ice must be 0 or more, not " + structure + ".");
		}

		/** The amplitude of a particle in ice against one in vacuum, on the scale of the camera's noise. */
		double contrast(final double thicknessNanometre) {
			return Math.exp(-thicknessNanometre / meanFreePathNanometre / (filtered ? 2 : 1));
		}

		/** The standard deviation of the noise of the ice, against that of the camera. */
		double deviation(final double thicknessNanometre) {
			return contrast(thicknessNanometre) * Math.sqrt(structure * thicknessNanometre / 100);
		}
	}

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
