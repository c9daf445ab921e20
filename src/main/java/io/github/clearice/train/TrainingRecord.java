package io.github.clearice.train;

import io.github.clearice.model.ModelCard;
import io.github.clearice.network.Architecture;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Version;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.options.TrainingOptions;

import java.util.LinkedHashMap;
import java.util.Map;

/** What sets a training apart; makes the card of its model. */
final class TrainingRecord {

	private final TrainingSet set;
	private final TrainingOptions options;

	TrainingRecord(final TrainingSet set, final TrainingOptions options) {
		this.set = set;
		this.options = options;
	}

	/**
	 * Holds that a training that goes on has the pairs it began with.
	 *
	 * @throws ParameterException if not
	 */
	void requireSamePairs(final ModelCard resumed) {
		final ModelCard.TrainingData before = resumed.data();
		final ModelCard.TrainingData now = set.data();
		if (!before.fingerprint().equals(now.fingerprint()) || before.particles() != now.particles())
			throw new ParameterException("The particles (" + now.noisy() + ", " + now.clean() +
				") are not those that the training began with (" + before.noisy() + ", " + before.clean() +
				"). Give the same, or train a new model.");
	}

	/**
	 * The card as it stands.
	 *
	 * @param network whose weights the model has
	 * @param history so far
	 * @param psnr of the validation of the model's weights, in dB; NaN where there was none
	 * @param seconds of training so far
	 */
	ModelCard card(final Architecture network, final TrainingHistory history, final double psnr,
		final double seconds)
	{
		final Double pixelSize = Double.isNaN(set.source().pixelSizeAngstrom()) ? null : set.source().pixelSizeAngstrom();
		final Map<String, Double> metrics = new LinkedHashMap<>();
		if (!Double.isNaN(psnr)) metrics.put("validation-psnr", psnr);
		metrics.put("training-seconds", seconds);
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("clearice", Version.current());
		versions.put("tensorflow", TensorFlowRuntime.get().version());
		versions.put("java", System.getProperty("java.version"));
		versions.put("platform", TensorFlowRuntime.platform());
		return new ModelCard(ModelCard.SCHEMA, network.name(), network.options(), set.box(), pixelSize, set
			.contrast(), set.normalisation(), options.objective().label(), options.objective().reduction(), options
				.toMap(), options.seed(), set.data(), set.input()
				.orElse(null), history.entries(), metrics, versions);
	}
}
