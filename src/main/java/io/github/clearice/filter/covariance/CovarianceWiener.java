package io.github.clearice.filter.covariance;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.RadialSpectra;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Optional;

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
public final class CovarianceWiener extends ArrayDenoiser {

	private static final int SMALLEST_BOX = 8;

	/** Number of images for the residual. */
	private static final int RESIDUALS = 200;
	/** Relative accuracy of the noise power that the functions capture. */
	private static final double RESIDUAL_TOLERANCE = 1.03;

	private final String name;
	private final NoiseLevel noise;
	private final TransferFunctions transfer;
	private final ParticlePairs oracle;
	private SteerableObservation observation;
	private ImageOffset offsets;
	private SteerableCovariance covariance;
	private SteerableFilter filter;
	private int box;

	/** @param oracle the pairs whose clean images are looked at, or null */
	private CovarianceWiener(final String name, final NoiseLevel noise, final TransferFunctions transfer,
		final ParticlePairs oracle)
	{
		this.name = name;
		this.noise = noise;
		this.transfer = transfer;
		this.oracle = oracle;
	}

	/** A filter for particles that are to be left as the microscope shows them. */
	public static CovarianceWiener of(final NoiseLevel noise) {
		return of(noise, TransferFunctions.NONE);
	}

	/** A filter that takes the particles' transfer functions out, too. */
	public static CovarianceWiener of(final NoiseLevel noise, final TransferFunctions transfer) {
		return new CovarianceWiener("covariance Wiener", noise, transfer, null);
	}

	/**
	 * Takes the true covariance of clean images: not a method to use, but the best
	 * that a linear filter can do if it treats all rotations the same.
	 */
	public static CovarianceWiener oracle(final ParticlePairs pairs) {
		return oracle(pairs, null, TransferFunctions.NONE);
	}

	/**
	 * The same for particles whose transfer functions the clean images lack.
	 *
	 * @param noise of the noisy images; used only if there are transfer functions, because the difference to the clean
	 * ones then is not only noise
	 */
	public static CovarianceWiener oracle(final ParticlePairs pairs, final NoiseLevel noise,
		final TransferFunctions transfer)
	{
		return new CovarianceWiener("covariance Wiener (oracle)", noise, transfer, pairs);
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return Optional.of(transfer != TransferFunctions.NONE);
	}

	@Override
	public int batchSize() {
		return 256;
	}

	/**
	 * Learns the covariance of this stack.
	 *
	 * @throws ParameterException if the stack holds fewer particles than a covariance
	 *           needs, holds NaN, or has no noise that could be measured
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		box = noisy.box();
		if (box < SMALLEST_BOX) throw new ParameterException(noisy.name() + " has a box of " + box +
			" pixels, too few for a covariance over rotations; use wiener.");
		if (noisy.size() < box / 2) throw new ParameterException(noisy.name() + " holds " + noisy.size() +
			" particles, but a covariance of images of " + box + " pixels needs at least " + box / 2 +
			"; give a longer stack, or use wiener.");
		final RadialSpectra spectra = oracle == null || transfer != TransferFunctions.NONE ? noise.spectra(noisy, listener)
			: RadialSpectra.ofPairs(oracle, listener);
		observation = new SteerableObservation(new FourierBesselBasis(box), spectra, transfer);
		offsets = new ImageOffset(noisy, spectra.noise()[1] / ((double) box * box), listener);
		covariance = oracle == null ? SteerableCovariance.ofNoisy(observation, SteerableMoments
			.of(noisy, observation, offsets, listener)) : trueCovariance(spectra, listener);
		filter = new SteerableFilter(observation, covariance, residual(noisy, spectra, listener));
	}

	/** The covariance of the clean images, which have no transfer function. */
	private SteerableCovariance trueCovariance(final RadialSpectra spectra, final TaskListener listener) {
		final boolean transferred = observation.hasTransfer();
		final SteerableObservation plain = transferred ? new SteerableObservation(observation.basis(), spectra,
			TransferFunctions.NONE) : observation;
		return SteerableCovariance.ofClean(plain, SteerableMoments.of(oracle.clean(), plain, transferred ? new ImageOffset(
			oracle.clean(), 0, listener) : offsets, listener));
	}

	/** How images of the stack show its particles. */
	SteerableObservation observation() {
		return observation;
	}

	/** Mean and covariance of the stack. */
	SteerableCovariance covariance() {
		return covariance;
	}

	SteerableFilter filter() {
		return filter;
	}

	ImageOffset offsets() {
		return offsets;
	}

	/** Refuses images that {@link #prepare} was not called for. */
	void requirePrepared(final int first, final float[][] noisy) {
		if (filter == null) throw new IllegalStateException("prepare must be called before denoise.");
		if (observation.groups() > 1) requireParticles(first, noisy.length, transfer.particles());
		if (noisy.length > 0 && noisy[0].length != box * box) throw new ParameterException(name +
			" was prepared for a box of " + box + " pixels, but an image has " + noisy[0].length +
			" pixels; prepare it for this stack.");
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		requirePrepared(first, noisy);
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
	 * The Wiener factor of the part that the functions do not describe, such as the corners. Where transfer functions are
	 * taken out it could not be, so nothing of it passes.
	 */
	private double residual(final ParticleStack noisy, final RadialSpectra spectra, final TaskListener listener) {
		if (observation.hasTransfer()) return 0;
		final FourierShells rings = FourierShells.ofImages(box);
		double missed = -observation.noiseEnergy();
		for (int k = 0; k < rings.count(); k++) missed += rings.size(k) * spectra.noise()[k] / ((double) box * box);
		final double energy = observation.residualEnergy(noisy, RESIDUALS, offsets, listener);
		return energy > 0 ? Math.max(0, Math.min(1, 1 - RESIDUAL_TOLERANCE * missed / energy)) : 0;
	}
}
