package io.github.clearice.classical;

import io.github.clearice.image.FourierShells;
import io.github.clearice.image.ParticleBackground;
import io.github.clearice.particle.Denoiser;
import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.particle.ParticleStack;
import io.github.clearice.task.TaskListener;

/**
 * The radial Wiener filter: each ring of spatial frequencies is multiplied by
 * {@code S / (S + N)}, with S and N the mean power of signal and noise there
 * (Wiener 1949). Among filters that depend on the frequency's magnitude alone it
 * has the least mean squared error.
 * <p>
 * Where the spectra come from is one of: the noisy stack and its background
 * ({@link #ofBackground}), the stack and a known noise level
 * ({@link #ofNoiseSigma}), or clean pairs ({@link #oracle}).
 */
public final class RadialWiener implements Denoiser {

	/** Where the spectra for a noisy stack come from. */
	private interface Source {

		RadialSpectra spectra(ParticleStack noisy, TaskListener listener);
	}

	private final String name;
	private final Source source;
	private RadialFilter filter;

	private RadialWiener(final String name, final Source source) {
		this.name = name;
		this.source = source;
	}

	/**
	 * Estimates noise of any colour from the pixels outside the particle.
	 *
	 * @param diameterFraction diameter of the circle that holds the particle, as a
	 *          part of the box; {@link ParticleBackground#DEFAULT_DIAMETER_FRACTION}
	 *          fits most particles
	 * @throws ClassicalException if the circle leaves no background
	 */
	public static RadialWiener ofBackground(final double diameterFraction) {
		if (!(diameterFraction > 0 && diameterFraction < 1.3)) throw new ClassicalException(
			"The particle's diameter must be 0 to 1.3 box widths to leave a background to estimate noise from, not " +
				diameterFraction + ".");
		return new RadialWiener("wiener", (noisy, listener) -> RadialSpectra.ofBackground(noisy, new ParticleBackground(noisy
			.box(), diameterFraction * noisy.box() / 2), listener));
	}

	/** Takes white noise of a known standard deviation a pixel. */
	public static RadialWiener ofNoiseSigma(final double sigma) {
		return new RadialWiener("wiener", (noisy, listener) -> RadialSpectra.ofWhiteNoise(noisy, sigma, listener));
	}

	/**
	 * Takes the true spectra of clean pairs: not a method to use, but the best that
	 * any radial filter can do.
	 */
	public static RadialWiener oracle(final ParticlePairs pairs, final TaskListener listener) {
		final RadialSpectra spectra = RadialSpectra.ofPairs(pairs, listener);
		return new RadialWiener("wiener (oracle)", (noisy, unused) -> spectra);
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public int batchSize() {
		return 256;
	}

	/**
	 * Estimates the spectra of this stack.
	 *
	 * @throws ClassicalException if the stack is empty, holds NaN or has another box
	 *           than the given spectra
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		final RadialSpectra spectra = source.spectra(noisy, listener);
		if (spectra.box() != noisy.box()) throw new ClassicalException("The spectra are those of a box of " + spectra
			.box() + " pixels, but " + noisy.name() + " has a box of " + noisy.box() + "; use pairs of the same box.");
		filter = new RadialFilter(noisy.box(), FourierShells.ofImages(noisy.box()).spread(spectra.wienerFactors()));
	}

	@Override
	public void denoise(final float[][] noisy, final float[][] denoised) {
		if (filter == null) throw new IllegalStateException("prepare must be called before denoise.");
		filter.apply(noisy, denoised);
	}
}
