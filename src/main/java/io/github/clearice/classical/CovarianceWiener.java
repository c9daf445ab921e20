package io.github.clearice.classical;

import io.github.clearice.image.FourierShells;
import io.github.clearice.particle.Denoiser;
import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.particle.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

/**
 * Covariance Wiener filtering: the best linear filter for the images of a stack,
 * whose covariance, over all rotations in the plane, is learned from the noisy stack
 * itself.
 * <p>
 * Images are expanded in a {@link FourierBesselBasis}, their noise is made white by
 * its measured spectrum, their covariance is estimated with shrunken eigenvalues
 * ({@link SteerableCovariance}), with the transfer functions of the particles taken
 * out where they are known, and each image is filtered by it. Memory does not depend
 * on the length of the stack.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2016.04.013">Bhamre, Zhang and Singer 2016</a>
 */
public final class CovarianceWiener implements Denoiser {

	/** Images whose residual is measured. */
	private static final int RESIDUALS = 200;
	/** What the functions catch of noise is known to this part. */
	private static final double RESIDUAL_TOLERANCE = 1.03;

	/** Where the spectra and the covariance for a noisy stack come from. */
	private interface Source {

		RadialSpectra spectra(ParticleStack noisy, TaskListener listener);

		SteerableCovariance covariance(SteerableObservation observation, ParticleStack noisy, ImageOffset offsets,
			TaskListener listener);
	}

	private final String name;
	private final TransferFunctions transfer;
	private final Source source;
	private SteerableObservation observation;
	private ImageOffset offsets;
	private SteerableFilter filter;
	private int box;

	private CovarianceWiener(final String name, final TransferFunctions transfer, final Source source) {
		this.name = name;
		this.transfer = transfer;
		this.source = source;
	}

	/** A filter for particles that are to be left as the microscope shows them. */
	public static CovarianceWiener of(final NoiseLevel noise) {
		return of(noise, TransferFunctions.NONE);
	}

	/** A filter that takes the particles' transfer functions out, too. */
	public static CovarianceWiener of(final NoiseLevel noise, final TransferFunctions transfer) {
		return new CovarianceWiener("covariance Wiener", transfer, new Source() {

			@Override
			public RadialSpectra spectra(final ParticleStack noisy, final TaskListener listener) {
				return noise.spectra(noisy, listener);
			}

			@Override
			public SteerableCovariance covariance(final SteerableObservation observation, final ParticleStack noisy,
				final ImageOffset offsets, final TaskListener listener)
			{
				return SteerableCovariance.ofNoisy(observation, SteerableMoments.of(noisy, observation, offsets, listener));
			}
		});
	}

	/**
	 * Takes the true covariance of clean images: not a method to use, but the best
	 * that any linear filter can do that treats all rotations alike.
	 */
	public static CovarianceWiener oracle(final ParticlePairs pairs) {
		return new CovarianceWiener("covariance Wiener (oracle)", TransferFunctions.NONE, new Source() {

			@Override
			public RadialSpectra spectra(final ParticleStack noisy, final TaskListener listener) {
				return RadialSpectra.ofPairs(pairs, listener);
			}

			@Override
			public SteerableCovariance covariance(final SteerableObservation observation, final ParticleStack noisy,
				final ImageOffset offsets, final TaskListener listener)
			{
				return SteerableCovariance.ofClean(observation, SteerableMoments.of(pairs.clean(), observation, offsets,
					listener));
			}
		});
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
	 * Learns the covariance of this stack.
	 *
	 * @throws ClassicalException if the stack holds fewer particles than a covariance
	 *           needs, holds NaN, or has no noise that could be measured
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		box = noisy.box();
		if (noisy.size() < box / 2) throw new ClassicalException(noisy.name() + " holds " + noisy.size() +
			" particles, but a covariance of images of " + box + " pixels needs at least " + box / 2 +
			"; give a longer stack, or use wiener.");
		final RadialSpectra spectra = source.spectra(noisy, listener);
		observation = new SteerableObservation(new FourierBesselBasis(box), spectra, transfer);
		offsets = new ImageOffset(noisy, spectra.noise()[1] / ((double) box * box), listener);
		final SteerableCovariance covariance = source.covariance(observation, noisy, offsets, listener);
		filter = new SteerableFilter(observation, covariance, residual(noisy, spectra, listener));
	}

	@Override
	public void denoise(final float[][] noisy, final float[][] denoised) {
		denoise(0, noisy, denoised);
	}

	@Override
	public void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (filter == null) throw new IllegalStateException("prepare must be called before denoise.");
		if (noisy.length == 0) return;
		if (noisy[0].length != box * box) throw new ClassicalException(name + " was prepared for a box of " + box +
			" pixels, but an image has " + noisy[0].length + " pixels; prepare it for this stack.");
		ParallelLoop.run(noisy.length, 4, thread -> {
			final SteerableFilter.Worker worker = filter.new Worker();
			final float[] image = new float[box * box];
			return i -> {
				System.arraycopy(noisy[(int) i], 0, image, 0, image.length);
				final float[] target = denoised[(int) i];
				final float level = offsets.remove(image);
				worker.filter(image, observation.group(first + (int) i), target);
				for (int p = 0; p < target.length; p++) target[p] += level;
			};
		});
	}

	/**
	 * The Wiener factor of what the functions do not describe, such as the corners. Where transfer functions are taken
	 * out it could not be, so nothing of it passes.
	 */
	private double residual(final ParticleStack noisy, final RadialSpectra spectra, final TaskListener listener) {
		if (observation.hasTransfer()) return 0;
		final FourierShells rings = FourierShells.ofImages(box);
		double noise = -observation.noiseEnergy();
		for (int k = 0; k < rings.count(); k++) noise += rings.size(k) * spectra.noise()[k] / ((double) box * box);
		final double energy = observation.residualEnergy(noisy, RESIDUALS, offsets, listener);
		return energy > 0 ? Math.max(0, 1 - RESIDUAL_TOLERANCE * noise / energy) : 0;
	}
}
