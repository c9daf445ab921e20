package io.github.clearice.train;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.Normalisation;
import io.github.clearice.particle.ArrayParticleStack;
import io.github.clearice.particle.ParticlePairs;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Tries weights on particles that are not trained on. */
final class Validation {

	private static final int BATCH_PIXELS = 1 << 18;

	private final ParticlePairs pairs;
	private final PairSurvey survey;
	private final Normalisation normalisation;
	private final int[] indices;

	/** @param indices of the held-out pairs, at least one */
	Validation(final ParticlePairs pairs, final PairSurvey survey, final Normalisation normalisation,
		final int[] indices)
	{
		this.pairs = pairs;
		this.survey = survey;
		this.normalisation = normalisation;
		this.indices = indices;
		if (indices.length == 0) throw new TrainingException(
			"No particle is left to validate with: all held-out noisy images are constant. Check the noisy stack.");
	}

	/**
	 * Mean peak signal-to-noise ratio in dB, on the particles' own scale, each with
	 * the range of its clean image (Gu et al. 2021, "Evaluation Method"). Constant
	 * clean images have no range and are passed over.
	 *
	 * @param network maps normalised images to results
	 * @throws TrainingException if a result is no number, which must not pass for the best so far
	 */
	double psnrDecibel(final UnaryOperator<float[]> network) {
		final float[] clean = new float[pairs.box() * pairs.box()];
		double sum = 0;
		int counted = 0;
		final int batch = batch();
		for (int first = 0; first < indices.length; first += batch) {
			final float[][] denoised = denoise(network, first, Math.min(batch, indices.length - first));
			for (int i = 0; i < denoised.length; i++) {
				if (!ImageScale.of(denoised[i]).isFinite()) throw new TrainingException(
					"The network's results are no numbers any more. Use a lower rate= or precision=float32.");
				pairs.clean().read(indices[first + i], clean);
				final double psnr = psnr(clean, denoised[i]);
				if (Double.isNaN(psnr)) continue;
				sum += psnr;
				counted++;
			}
		}
		return counted == 0 ? Double.NaN : sum / counted;
	}

	/** The first held-out particles, before denoising. */
	ArrayParticleStack noisySample(final int count) {
		final int[] first = Arrays.copyOf(indices, Math.min(count, indices.length));
		return ArrayParticleStack.copyOf(pairs.noisy(), first);
	}

	private int batch() {
		return Math.max(1, BATCH_PIXELS / (pairs.box() * pairs.box()));
	}

	private float[][] denoise(final UnaryOperator<float[]> network, final int first, final int count) {
		final int pixels = pairs.box() * pairs.box();
		final float[] input = new float[count * pixels];
		final float[] noisy = new float[pixels];
		for (int i = 0; i < count; i++) {
			pairs.noisy().read(indices[first + i], noisy);
			normalisation.toInput(noisy, survey.scale(indices[first + i]), input, i * pixels);
		}
		final float[] result = network.apply(input);
		final float[][] denoised = new float[count][pixels];
		for (int i = 0; i < count; i++) {
			final ImageScale scale = survey.scale(indices[first + i]);
			normalisation.fromResult(result, i * pixels, scale, denoised[i]);
		}
		return denoised;
	}

	private static double psnr(final float[] clean, final float[] denoised) {
		double squares = 0;
		double least = Double.POSITIVE_INFINITY, most = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < clean.length; i++) {
			final double difference = denoised[i] - clean[i];
			squares += difference * difference;
			least = Math.min(least, clean[i]);
			most = Math.max(most, clean[i]);
		}
		if (most == least) return Double.NaN;
		return 10 * Math.log10((most - least) * (most - least) * clean.length / squares);
	}
}
