package io.github.clearice.filter;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

/**
 * The radial Wiener filter: each ring of spatial frequencies is multiplied by
 * {@code S / (S + N)}, with S and N the mean power of signal and noise there
 * (Wiener 1949). Among filters that depend on the frequency's magnitude alone it
 * has the least mean squared error.
 * <p>
 * Where the spectra come from is one of: the noisy stack and its background
 * or a known noise level ({@link #of}), or clean pairs ({@link #oracle}).
 */
public final class RadialWiener extends ArrayDenoiser {

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
	 * A filter for noise that is known, or of any colour and measured outside the
	 * particle.
	 */
	public static RadialWiener of(final NoiseLevel noise) {
		return new RadialWiener("wiener", noise::spectra);
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
	 * @throws ParameterException if the stack is empty, holds NaN or has another box
	 *           than the given spectra
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		final RadialSpectra spectra = source.spectra(noisy, listener);
		if (spectra.box() != noisy.box()) throw new ParameterException("The spectra are those of a box of " + spectra
			.box() + " pixels, but " + noisy.name() + " has a box of " + noisy.box() + "; use pairs of the same box.");
		filter = new RadialFilter(noisy.box(), FourierShells.ofImages(noisy.box()).spread(spectra.wienerFactors()));
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (filter == null) throw new IllegalStateException("prepare must be called before denoise.");
		filter.apply(noisy, denoised);
	}
}
