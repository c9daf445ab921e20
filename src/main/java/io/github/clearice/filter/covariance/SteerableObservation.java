package io.github.clearice.filter.covariance;

import io.github.clearice.filter.RadialSpectra;
import io.github.clearice.filter.StackSample;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

/**
 * How the coefficients of a clean image become those of a noisy one after whitening: {@code y = A_g x + noise of variance 1}, with A_g the matrices of the
 * group's transfer function over the noise's amplitude. Immutable and thread-safe.
 */
final class SteerableObservation {

	/** Noise is taken for at least this part of the mean power, so that images without noise can be divided by it. */
	private static final double LEAST_NOISE = 1e-7;

	private final FourierBesselBasis basis;
	private final TransferFunctions transfer;
	private final double[] variances;
	private final float[] whitening;
	private final float[][] matrices;

	SteerableObservation(final FourierBesselBasis basis, final RadialSpectra spectra, final TransferFunctions transfer) {
		this.basis = basis;
		this.transfer = transfer;
		final double[] radii = basis.grid().radii();
		variances = new double[radii.length];
		whitening = new float[radii.length];
		final double pixels = (double) spectra.box() * spectra.box();
		final double power = meanPower(spectra);
		final double least = power > 0 ? LEAST_NOISE * power / pixels : 1;
		for (int j = 0; j < radii.length; j++) {
			variances[j] = Math.max(least, at(spectra.noise(), radii[j] * spectra.box()) / pixels);
			whitening[j] = (float) (1 / Math.sqrt(variances[j]));
		}
		matrices = new float[transfer.groups()][];
		for (int g = 0; g < matrices.length; g++) {
			final double[] factors = new double[radii.length];
			for (int j = 0; j < factors.length; j++) factors[j] = transfer.amplitude(g, radii[j]) * whitening[j];
			matrices[g] = basis.matrices(factors);
		}
	}

	FourierBesselBasis basis() {
		return basis;
	}

	int groups() {
		return matrices.length;
	}

	int group(final int particle) {
		return transfer.group(particle);
	}

	boolean hasTransfer() {
		return transfer != TransferFunctions.NONE;
	}

	/** The factors that make the noise white, for each circle. */
	float[] whitening() {
		return whitening;
	}

	/** A of a group, as {@link FourierBesselBasis#matrices} lays it out; not to be changed. */
	float[] matrices(final int group) {
		return matrices[group];
	}

	/** A of a group and an order. */
	double[] matrix(final int group, final int order) {
		final double[] matrix = new double[basis.size(order) * basis.size(order)];
		for (int i = 0; i < matrix.length; i++) matrix[i] = matrices[group][basis.blockOffset(order) + i];
		return matrix;
	}

	/** The expected energy of the noise in the coefficients of an image, before it was made white. */
	double noiseEnergy() {
		final float[] colour = basis.matrices(variances);
		double sum = 0;
		for (int k = 0; k < basis.orders(); k++) for (int q = 0; q < basis.size(k); q++) {
			sum += FourierBesselBasis.multiplicity(k) * colour[basis.blockOffset(k) + q * basis.size(k) + q];
		}
		return sum;
	}

	/** The mean energy that the functions leave of images of a stack. */
	double residualEnergy(final ParticleStack stack, final int images, final ImageOffset offsets,
		final TaskListener listener)
	{
		final float[] ones = new float[whitening.length];
		Arrays.fill(ones, 1);
		final SteerableTransform transform = new SteerableTransform(basis);
		final float[] pixels = new float[stack.box() * stack.box()], described = new float[pixels.length];
		final float[] re = new float[basis.length()], im = new float[basis.length()];
		final int[] sample = stack.spread(images);
		double sum = 0;
		for (final int index : sample) {
			listener.checkCancelled("Estimating the covariance");
			StackSample.read(stack, index, pixels);
			offsets.remove(pixels);
			transform.forward(pixels, ones, re, im);
			transform.inverse(re, im, described);
			for (int p = 0; p < pixels.length; p++) sum += Math.pow(pixels[p] - described[p], 2);
		}
		return sum / sample.length;
	}

	/** {@code target = matrix source} for the matrices of all orders. */
	static void multiply(final FourierBesselBasis basis, final float[] matrices, final float[] source,
		final float[] target)
	{
		for (int k = 0; k < basis.orders(); k++) {
			final int size = basis.size(k), first = basis.offset(k);
			for (int p = 0, at = basis.blockOffset(k); p < size; p++) {
				float sum = 0;
				for (int q = 0; q < size; q++) sum += matrices[at++] * source[first + q];
				target[first + p] = sum;
			}
		}
	}

	private static double meanPower(final RadialSpectra spectra) {
		final FourierShells rings = FourierShells.ofImages(spectra.box());
		double sum = 0;
		// The mean of the images does not show which coefficients are small relative to which.
		for (int k = 1; k < rings.count(); k++) sum += rings.size(k) * (spectra.signal()[k] + spectra.noise()[k]);
		return sum / ((double) spectra.box() * spectra.box());
	}

	/** Linear between rings. */
	private static double at(final double[] rings, final double position) {
		final int lower = Math.min(rings.length - 2, (int) position);
		return rings[lower] + (position - lower) * (rings[lower + 1] - rings[lower]);
	}
}
