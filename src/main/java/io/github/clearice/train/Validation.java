package io.github.clearice.train;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.Normalisation;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.train.data.Batches.BlindSpots;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.PairSource.ValidationTarget;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.util.function.UnaryOperator;

/** Tries weights on particles that are not trained on. */
final class Validation {

	private static final int BATCH_PIXELS = 1 << 18;
	private static final int HIDDEN_STREAM = 0xb11d;

	private final PairSource source;
	private final Normalisation normalisation;
	private final int[] indices;

	/** Validates on the held-out pairs of a set, at least one. */
	Validation(final TrainingSet set) {
		this.source = set.source();
		this.normalisation = set.normalisation();
		this.indices = set.held();
		if (indices.length == 0) throw new ParameterException(
			"No particle is left to validate with: all held-out noisy images are constant. Check the noisy stack.");
	}

	/**
	 * How far results are from the targets.
	 *
	 * @param psnrDecibel see {@link #psnrDecibel}
	 * @param errors mean squared difference of each held-out pair, in units of the variance of its noisy image; NaN where
	 *          the target is constant
	 * @param power mean variance of the results, in the same unit
	 */
	record Scores(double psnrDecibel, double[] errors, double power) {}

	/**
	 * Scores a network.
	 *
	 * @param network maps normalised images to results
	 */
	Scores scores(final UnaryOperator<float[]> network) {
		final MeanPsnr mean = new MeanPsnr();
		final double[] errors = new double[indices.length];
		double power = 0;
		for (int first = 0; first < indices.length; first += batch()) {
			final Held held = read(first, Math.min(batch(), indices.length - first));
			final float[][] denoised = denoised(held, network);
			for (int i = 0; i < denoised.length; i++) {
				final double psnr = mean.add(held.targets[i], denoised[i], held.weights, i * pixels());
				final double variance = Math.pow(held.scales[i].deviation(), 2);
				errors[first + i] = Double.isNaN(psnr) ? Double.NaN : squares(held.targets[i], denoised[i]) / pixels() /
					variance;
				power += Math.pow(ImageScale.of(denoised[i]).deviation(), 2) / variance / indices.length;
			}
		}
		return new Scores(mean.decibel(), errors, power);
	}

	private static double squares(final float[] first, final float[] second) {
		double sum = 0;
		for (int p = 0; p < first.length; p++) sum += (first[p] - second[p]) * (first[p] - second[p]);
		return sum;
	}

	/**
	 * Mean peak signal-to-noise ratio in dB, on the particles' own scale, each with the range of its clean image (Gu et
	 * al. 2021, "Evaluation Method"), or of the target that the source has in place of it ({@link ValidationTarget}).
	 * Constant images have no range and are passed over.
	 *
	 * @param network maps normalised images to results
	 */
	double psnrDecibel(final UnaryOperator<float[]> network) {
		return scores(network).psnrDecibel();
	}

	/** As {@link #psnrDecibel}, of the noisy images themselves, as if a network returned its input. */
	double noisyPsnrDecibel() {
		return psnrDecibel(images -> {
			final float[] results = new float[images.length / source.planes()];
			for (int i = 0; i < results.length; i++) results[i] = (float) (images[i * source.planes()] * normalisation
				.gain() + normalisation.offset());
			return results;
		});
	}

	/** How much the targets differ from each other, on the scale of the network's results; see {@link ImageVariance}. */
	double targetVariance() {
		final ImageVariance variance = new ImageVariance(pixels());
		final float[] noisy = new float[pixels()];
		final float[] target = new float[pixels()];
		final float[] normalised = new float[pixels()];
		for (final int index : indices) {
			source.hold(index, noisy, target);
			normalisation.toTarget(target, ImageScale.of(noisy), normalised, 0);
			variance.add(normalised);
		}
		return variance.mean();
	}

	/** Number of pixels of an image. */
	int pixels() {
		return source.box() * source.box();
	}

	/** The first held-out particles, before and after denoising, and their targets. */
	ValidationSample sample(final int count, final UnaryOperator<float[]> network) {
		final Held held = read(0, Math.min(count, indices.length));
		return new ValidationSample(noisySample(count), stack("denoised", denoised(held, network)), stack(source
			.targetName(), held.targets));
	}

	/** The first held-out particles, before denoising. */
	ArrayParticleStack noisySample(final int count) {
		final float[][] images = new float[Math.min(count, indices.length)][source.box() * source.box()];
		final float[] target = new float[source.box() * source.box()];
		for (int i = 0; i < images.length; i++) source.read(indices[i], images[i], target);
		return new ArrayParticleStack(source.noisyName(), source.box(), source.pixelSizeAngstrom(), images);
	}

	/** The guides of the first held-out particles; null where the network takes none. */
	float[][] guideSample(final int count) {
		if (source.planes() == 1) return null;
		final float[][] guides = new float[Math.min(count, indices.length)][pixels()];
		for (int i = 0; i < guides.length; i++) source.readGuide(indices[i], guides[i]);
		return guides;
	}

	private ArrayParticleStack stack(final String name, final float[][] images) {
		return new ArrayParticleStack(name, source.box(), source.pixelSizeAngstrom(), images);
	}

	private float[][] denoised(final Held held, final UnaryOperator<float[]> network) {
		final float[] result = network.apply(held.input);
		final float[][] denoised = new float[held.targets.length][pixels()];
		for (int i = 0; i < denoised.length; i++)
			normalisation.fromResult(result, i * pixels(), held.scales[i], denoised[i]);
		return denoised;
	}

	private int batch() {
		return Math.max(1, BATCH_PIXELS / (source.box() * source.box()));
	}

	/**
	 * Some held-out pairs: the noisy images as the network sees them, where they lie,
	 * what to compare results with, and at which pixels: null for all.
	 */
	private record Held(float[] input, ImageScale[] scales, float[][] targets, float[] weights) {}

	private Held read(final int first, final int count) {
		final int pixels = source.box() * source.box();
		final boolean blind = source.validationTarget() == ValidationTarget.BLIND;
		final Held held = new Held(new float[count * pixels * source.planes()], new ImageScale[count],
			new float[count][pixels], blind ? new float[count * pixels] : null);
		final float[] noisy = new float[pixels], whole = new float[pixels], guide = new float[pixels];
		for (int i = 0; i < count; i++) {
			source.hold(indices[first + i], noisy, held.targets[i]);
			held.scales[i] = ImageScale.of(noisy);
			if (source.planes() > 1) {
				source.readGuide(indices[first + i], guide);
				normalisation.toInput(noisy, guide, held.scales[i], held.input, 2 * i * pixels);
				continue;
			}
			normalisation.toInput(noisy, held.scales[i], whole, 0);
			if (blind) BlindSpots.hide(whole, source.box(), Seeds.random(HIDDEN_STREAM, indices[first + i]), held.input,
				held.weights, i * pixels);
			else System.arraycopy(whole, 0, held.input, i * pixels, pixels);
		}
		return held;
	}

	/** The mean over images that have a range. */
	private static final class MeanPsnr {

		private double sum;
		private int counted;

		/** @param weights 1 at the pixels that count, from place {@code at}; null where all do */
		double add(final float[] target, final float[] image, final float[] weights, final int at) {
			final double psnr = psnr(target, image, weights, at);
			if (Double.isNaN(psnr)) return psnr;
			sum += psnr;
			counted++;
			return psnr;
		}

		double decibel() {
			return counted == 0 ? Double.NaN : sum / counted;
		}
	}

	/** @param weights 1 at the pixels that count, from place {@code at}; null where all do */
	private static double psnr(final float[] clean, final float[] denoised, final float[] weights, final int at) {
		double squares = 0;
		int pixels = 0;
		double least = Double.POSITIVE_INFINITY, most = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < clean.length; i++) {
			if (weights == null || weights[at + i] != 0) {
				final double difference = denoised[i] - clean[i];
				squares += difference * difference;
				pixels++;
			}
			least = Math.min(least, clean[i]);
			most = Math.max(most, clean[i]);
		}
		if (most == least) return Double.NaN;
		return 10 * Math.log10((most - least) * (most - least) * pixels / squares);
	}

	/** How much images differ from each other: the variance of each pixel between images, mean over pixels. */
	public static final class ImageVariance {

		private final double[] sums;
		private final double[] squares;
		private long images;

		/** @param pixels of an image */
		public ImageVariance(final int pixels) {
			sums = new double[pixels];
			squares = new double[pixels];
		}

		/** Adds images that lie one after the other. */
		public void add(final float[] values) {
			for (int i = 0; i < values.length; i++) {
				final double value = values[i];
				sums[i % sums.length] += value;
				squares[i % sums.length] += value * value;
			}
			images += values.length / sums.length;
		}

		/** The mean variance; NaN before the first image, or where a value is not a number. */
		public double mean() {
			double sum = 0;
			for (int p = 0; p < sums.length; p++) {
				final double mean = sums[p] / images;
				sum += squares[p] / images - mean * mean;
			}
			return sum / sums.length;
		}
	}
}
