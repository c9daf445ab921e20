package io.github.clearice.train.data;

import io.github.clearice.model.InputProfile;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.Normalisation;
import io.github.clearice.stack.Split;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Optional;

/**
 * Pairs that have been looked at and divided, ready to be trained on.
 *
 * @param source of the pairs
 * @param normalisation of images and results
 * @param contrast whether particles are {@code bright} or {@code dark}
 * @param data what the card says of them
 * @param input what the noisy images look like; empty where there are too few to tell
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
		return new TrainingSet(prepared, survey.normalisation(), survey.contrast(), new ModelCard.TrainingData(source
			.noisyName(), source.targetName(), source.size(), held.length, survey.fingerprint(), prepared.description()),
			profile(source), training, held);
	}

	private static Optional<InputProfile> profile(final PairSource source) {
		final float[] target = new float[source.box() * source.box()];
		return InputProfile.of(source.box(), source.surveyed(), (index, image) -> source.read(index, image, target));
	}

	/** Updates of an epoch; what is left over of the pairs waits for the next. */
	public long stepsPerEpoch(final int batch) {
		return training.length / batch;
	}

	public int box() {
		return source.box();
	}
}
