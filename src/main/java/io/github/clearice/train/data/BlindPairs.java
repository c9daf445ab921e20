package io.github.clearice.train.data;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.model.ModelCard;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.Batches.BlindSpots;
import io.github.clearice.train.data.PairSource.ValidationTarget;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Noisy images that are their own targets, at pixels that are hidden from the
 * network: from the pixels about it a network can guess a pixel's signal, but not
 * its noise, as long as the noise of neighbours is independent.
 *
 * @see BlindSpots
 */
public final class BlindPairs implements StackSource {

	/** A lower correlation of neighbours does little harm. */
	private static final double LARGEST_CORRELATION = 0.05;

	private final ParticleStack noisy;
	private final ParticleStack clean;

	/** @param clean to validate with, or null */
	BlindPairs(final ParticleStack noisy, final ParticleStack clean) {
		this.noisy = noisy;
		this.clean = clean;
		if (clean != null) ParticlePairs.requireMatch(noisy, clean);
	}

	@Override
	public Optional<ModelCard.TrainedCtf> ctf(final TaskListener listener) {
		return Optional.of(ModelCard.TrainedCtf.KEPT);
	}

	@Override
	public ParticleStack noisy() {
		return noisy;
	}

	@Override
	public String targetName() {
		return noisy.name();
	}

	@Override
	public Map<String, String> description() {
		return Map.of("validation", validationTarget().label());
	}

	@Override
	public ValidationTarget validationTarget() {
		return clean == null ? ValidationTarget.BLIND : ValidationTarget.CLEAN;
	}

	@Override
	public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
		PairSource.requireWithoutClean(Supervision.NOISE2VOID, "one noisy stack", options);
		options.sampling().augment().requireSuits(noisy);
		final double correlation = NeighbourCorrelation.ofBackground(noisy);
		if (Math.abs(correlation) > LARGEST_CORRELATION) listener.message(String.format(Locale.ROOT,
			"Warning: the noise of neighbouring pixels correlates (%.2f), so that noise2void cannot tell it from signal and" +
			" keeps much of it; two noisy stacks (second=) would not have this" +
				" limit.", correlation));
		return this;
	}

	@Override
	public void read(final int index, final float[] image, final float[] target) {
		noisy.read(index, image);
		System.arraycopy(image, 0, target, 0, image.length);
	}

	@Override
	public void hold(final int index, final float[] image, final float[] target) {
		noisy.read(index, image);
		(clean == null ? noisy : clean).read(index, target);
		if (clean != null) PairSource.requireNumbers(index, clean.name(), target);
	}

	@Override
	public void close() {
		try {
			noisy.close();
		}
		finally {
			if (clean != null) clean.close();
		}
	}

	/** The correlation of the noise of neighbouring pixels: none if it is white. */
	public static final class NeighbourCorrelation {

		private static final int LARGEST_SAMPLE = 200;

		private NeighbourCorrelation() {}

		/**
		 * Correlation of neighbouring pixels in the background of a stack, outside
		 * {@value ParticleBackground#DEFAULT_DIAMETER_FRACTION} box widths; 0 where it is
		 * constant.
		 */
		public static double ofBackground(final ParticleStack stack) {
			final int box = stack.box();
			final ParticleBackground background = new ParticleBackground(box);
			final float[] mask = background.mask();
			final float[] image = new float[box * box], isolated = image.clone();
			final int[] sample = stack.spread(LARGEST_SAMPLE);
			double products = 0, squares = 0;
			long neighbours = 0;
			for (final int index : sample) {
				stack.read(index, image);
				background.isolate(image, isolated);
				for (int p = 0; p < mask.length; p++) {
					squares += (double) isolated[p] * isolated[p];
					if ((p + 1) % box == 0 || mask[p] == 0 || mask[p + 1] == 0) continue;
					products += (double) isolated[p] * isolated[p + 1];
					neighbours++;
				}
			}
			if (squares == 0 || neighbours == 0) return 0;
			return products / neighbours / (squares / ((double) sample.length * background.size()));
		}
	}
}
