package io.github.clearice.train;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.Normalisation;
import io.github.clearice.particle.ArrayParticleStack;

import java.util.function.UnaryOperator;

/** Tries weights on particles that are not trained on. */
final class Validation {

	private static final int BATCH_PIXELS = 1 << 18;

	private final PairSource source;
	private final Normalisation normalisation;
	private final int[] indices;

	/** Validates on the held-out pairs of a set, at least one. */
	Validation(final TrainingSet set) {
		this.source = set.source();
		this.normalisation = set.normalisation();
		this.indices = set.held();
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
		double sum = 0;
		int counted = 0;
		final int batch = batch();
		for (int first = 0; first < indices.length; first += batch) {
			final Held held = read(first, Math.min(batch, indices.length - first));
			final float[] result = network.apply(held.input);
			final float[] denoised = new float[source.box() * source.box()];
			for (int i = 0; i < held.targets.length; i++) {
				normalisation.fromResult(result, i * denoised.length, held.scales[i], denoised);
				if (!ImageScale.of(denoised).isFinite()) throw new TrainingException(
					"The network's results are no numbers any more. Use a lower rate= or precision=float32.");
				final double psnr = psnr(held.targets[i], denoised);
				if (Double.isNaN(psnr)) continue;
				sum += psnr;
				counted++;
			}
		}
		return counted == 0 ? Double.NaN : sum / counted;
	}

	/** The first held-out particles, before denoising. */
	ArrayParticleStack noisySample(final int count) {
		final float[][] images = new float[Math.min(count, indices.length)][source.box() * source.box()];
		final float[] target = new float[source.box() * source.box()];
		for (int i = 0; i < images.length; i++) source.read(indices[i], images[i], target);
		return new ArrayParticleStack(source.noisyName(), source.box(), source.pixelSizeAngstrom(), images);
	}

	private int batch() {
		return Math.max(1, BATCH_PIXELS / (source.box() * source.box()));
	}

	/** Some held-out pairs: the noisy images as the network sees them, where they lie, and the targets. */
	private record Held(float[] input, ImageScale[] scales, float[][] targets) {}

	private Held read(final int first, final int count) {
		final int pixels = source.box() * source.box();
		final Held held = new Held(new float[count * pixels], new ImageScale[count], new float[count][pixels]);
		final float[] noisy = new float[pixels];
		for (int i = 0; i < count; i++) {
			source.read(indices[first + i], noisy, held.targets[i]);
			held.scales[i] = ImageScale.of(noisy);
			normalisation.toInput(noisy, held.scales[i], held.input, i * pixels);
		}
		return held;
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
