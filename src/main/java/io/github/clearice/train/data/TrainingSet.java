package io.github.clearice.train.data;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.model.Checksum;
import io.github.clearice.model.ImageScale;
import io.github.clearice.model.InputProfile;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.Normalisation;
import io.github.clearice.stack.Split;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pairs that have been looked at and divided, ready to be trained on.
 *
 * @param source of the pairs
 * @param normalisation of images and results
 * @param contrast whether particles are {@code bright} or {@code dark}
 * @param data their description in the card
 * @param input what the noisy images look like; empty if there are too few to tell
 * @param training indices of the pairs to train on
 * @param held indices of the pairs to validate with
 */
public record TrainingSet(PairSource source, Normalisation normalisation, String contrast, ModelCard.TrainingData data,
	Optional<InputProfile> input, int[] training, int[] held)
{

	/**
	 * Surveys and divides the pairs of a source.
	 *
	 * @throws ParameterException if they cannot be trained on
	 * @throws io.github.clearice.task.TaskCancelledException if the listener says so
	 */
	public static TrainingSet of(final PairSource source, final TrainingOptions options, final TaskListener listener) {
		final PairStatistics survey = PairStatistics.of(source, listener);
		final Split split = source.split(options.sampling().validationShare(), options.seed());
		final int[] training = survey.usable(split.training());
		final int[] held = survey.usable(split.validation());
		final int left = source.size() - training.length - held.length;
		if (left > 0) listener.message("Warning: left out because their noisy image is constant: " + left + (left == 1
			? " particle." : " particles."));
		final PairSource prepared = source.prepared(options, listener);
		final Normalisation range = survey.normalisation();
		final ModelCard.TrainingData data = new ModelCard.TrainingData(source.noisyName(), source.targetName(), source
			.size(), held.length, survey.fingerprint(), prepared.description(), prepared.ctf(listener).orElse(null));
		return new TrainingSet(prepared, source.planes() == 1 ? range : Normalisation.OF_GUIDED, survey.contrast(), data,
			profile(source), training, held);
	}

	private static Optional<InputProfile> profile(final PairSource source) {
		final float[] target = new float[source.box() * source.box()];
		return InputProfile.of(source.box(), source.surveyed(), (index, image) -> source.read(index, image, target));
	}

	/** Updates of an epoch; remaining pairs are used in the next. */
	public long stepsPerEpoch(final int batch) {
		return training.length / batch;
	}

	public int box() {
		return source.box();
	}

	/**
	 * One look at the pairs before training: that every pixel is a number, which
	 * noisy images have no scale, where the targets lie on it, and a fingerprint.
	 */
	static final class PairStatistics {

		/** The range of targets is taken between these shares of the sorted pixels,
			so that a few outliers do not set it. */
		private static final double LOW_SHARE = 0.001;
		private static final double HIGH_SHARE = 0.999;
		/** The range becomes 0 to this: within the reach of tanh, with head-room for the brightest pixels. */
		private static final double TARGET_RANGE = 0.9;
		private static final int MOST_SAMPLES = 2_000_000;
		/** Targets have one mean if theirs spread by less than this share of what noise does to the mean of an image. */
		private static final double LEVEL_SPREAD = 0.5;

		private final boolean[] constantNoisy;
		private final String[] checksums;
		private final float[] samples;
		private final double[] centreMinusEdge;
		private final boolean[] constantTarget;
		private final double[] targetMeans;
		private final double[] meanErrors;

		private PairStatistics(final int pairs, final int samplesPerPair) {
			constantNoisy = new boolean[pairs];
			checksums = new String[pairs];
			samples = new float[pairs * samplesPerPair];
			centreMinusEdge = new double[pairs];
			constantTarget = new boolean[pairs];
			targetMeans = new double[pairs];
			meanErrors = new double[pairs];
		}

		/**
		 * Reads the pairs once, on all cores: the first {@link PairSource#surveyed()}.
		 *
		 * @throws ParameterException if a pixel is not a number
		 * @throws io.github.clearice.task.TaskCancelledException if the listener says so
		 */
		static PairStatistics of(final PairSource source, final TaskListener listener) {
			final int count = source.surveyed();
			final int pixels = source.box() * source.box();
			final int samplesPerPair = Math.max(1, Math.min(pixels, MOST_SAMPLES / Math.max(1, count)));
			final PairStatistics survey = new PairStatistics(count, samplesPerPair);
			listener.begin("Reading the particles", count);
			final AtomicLong done = new AtomicLong();
			try {
				ParallelLoop.run(count, 16, thread -> {
					final float[] noisy = new float[pixels];
					final float[] target = new float[pixels];
					final float[] guide = new float[source.planes() == 1 ? 0 : pixels];
					return index -> {
						listener.checkCancelled("Training");
						source.read((int) index, noisy, target);
						if (guide.length > 0) source.readGuide((int) index, guide);
						survey.look((int) index, source, noisy, target, guide, samplesPerPair);
						listener.progress(done.incrementAndGet());
					};
				});
			}
			finally {
				listener.end();
			}
			return survey;
		}

		private void look(final int index, final PairSource source, final float[] noisy, final float[] target,
			final float[] guide, final int samplesPerPair)
		{
			if (guide.length > 0) PairSource.requireNumbers(index, "guide=", guide);
			PairSource.requireNumbers(index, source.noisyName(), noisy);
			PairSource.requireNumbers(index, source.targetName(), target);
			final ImageScale scale = ImageScale.of(noisy);
			final ImageScale targetScale = ImageScale.of(target);
			constantTarget[index] = targetScale.isConstant();
			targetMeans[index] = targetScale.mean();
			meanErrors[index] = scale.deviation() / Math.sqrt(noisy.length);
			constantNoisy[index] = scale.isConstant();
			checksums[index] = checksum(noisy, target, guide);
			centreMinusEdge[index] = ParticleBackground.centreMinusEdge(source.box(), target);
			// A constant noisy image has no scale and takes no part.
			for (int i = 0; i < samplesPerPair; i++) {
				final int pixel = (int) ((long) i * target.length / samplesPerPair);
				samples[index * samplesPerPair + i] = scale.isConstant() ? Float.NaN : (float) ((target[pixel] - scale.mean()) /
					scale.deviation());
			}
		}

		/** The given particles without those whose noisy image was seen to be constant. */
		int[] usable(final int[] indices) {
			return Arrays.stream(indices).filter(index -> index >= constantNoisy.length || !constantNoisy[index]).toArray();
		}

		/**
		 * Maps the range of the targets, each on the scale of its noisy image, to that of a network's results.
		 *
		 * @throws ParameterException if all noisy images or all targets are constant
		 */
		Normalisation normalisation() {
			boolean learnable = false;
			final float[] sorted = samples.clone();
			Arrays.parallelSort(sorted);
			// NaN sorts last.
			int numbers = sorted.length;
			while (numbers > 0 && Float.isNaN(sorted[numbers - 1])) numbers--;
			if (numbers == 0) throw new ParameterException(
				"All noisy images are constant: there is nothing to learn from. Check the noisy stack.");
			for (int i = 0; i < constantNoisy.length; i++) learnable |= !constantNoisy[i] && !constantTarget[i];
			if (!learnable) throw new ParameterException(
				"The clean images are constant: there is nothing to learn. Check the clean stack.");
			final double low = sorted[(int) (LOW_SHARE * (numbers - 1))];
			final double high = sorted[(int) (HIGH_SHARE * (numbers - 1))];
			final double gain = TARGET_RANGE / Math.max(high - low, Float.MIN_NORMAL);
			return new Normalisation(gain, -gain * low, level());
		}

		/** The one mean of all targets, or null where they differ. */
		private Double level() {
			final double level = Arrays.stream(targetMeans).average().orElseThrow();
			final double spread = Arrays.stream(targetMeans).map(mean -> (mean - level) * (mean - level)).average()
				.orElseThrow();
			final double error = Arrays.stream(meanErrors).map(each -> each * each).average().orElseThrow();
			return Math.sqrt(spread / error) < LEVEL_SPREAD ? level : null;
		}

		/** {@code bright} or {@code dark}: how particles stand out from the background in the targets. */
		String contrast() {
			double sum = 0;
			for (final double difference : centreMinusEdge) sum += difference;
			return sum >= 0 ? "bright" : "dark";
		}

		/** SHA-256 over the SHA-256 of each pair's pixels, so that threads need not wait for each other. */
		String fingerprint() {
			return Checksum.sha256(String.join("\n", checksums).getBytes(StandardCharsets.US_ASCII));
		}

		private static String checksum(final float[] noisy, final float[] target, final float[] guide) {
			final ByteBuffer bytes = ByteBuffer.allocate((noisy.length + target.length + guide.length) * Float.BYTES).order(
				ByteOrder.LITTLE_ENDIAN);
			bytes.asFloatBuffer().put(noisy).put(target).put(guide);
			return Checksum.sha256(bytes.array());
		}
	}
}
