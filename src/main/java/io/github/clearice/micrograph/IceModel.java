package io.github.clearice.micrograph;

import io.github.clearice.task.ParameterException;

/**
 * What the thickness t of the ice does to the contrast of particles.
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
