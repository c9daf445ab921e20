package io.github.clearice.train;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.TensorFlowRuntime;
import io.github.clearice.network.Weight;
import io.github.clearice.task.Version;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is remembered of a training: losses, validations, the best weights; makes the card. */
final class TrainingRecord {

	private static final double RUNNING_SHARE = 0.02;

	private final TrainingSet set;
	private final TrainingOptions options;
	private final Architecture network;
	private final List<HistoryEntry> history = new ArrayList<>();
	private double epochLoss;
	private long epochSteps;
	private double runningLoss = Double.NaN;
	private double bestPsnr = Double.NaN;
	private List<Weight> bestWeights;

	TrainingRecord(final TrainingSet set, final TrainingOptions options, final Architecture network) {
		this.set = set;
		this.options = options;
		this.network = network;
	}

	void addLoss(final double loss) {
		epochLoss += loss;
		epochSteps++;
		runningLoss = Double.isNaN(runningLoss) ? loss : runningLoss + RUNNING_SHARE * (loss - runningLoss);
	}

	double runningLoss() {
		return runningLoss;
	}

	/** PSNR of the last validation, NaN before the first. */
	double lastPsnr() {
		return history.isEmpty() ? Double.NaN : history.get(history.size() - 1).validationPsnrDecibel();
	}

	boolean isValidatedAt(final long step) {
		return !history.isEmpty() && history.get(history.size() - 1).step() == step;
	}

	/** Whether a validation beats all before. */
	boolean isBest(final double psnr) {
		return !(psnr <= bestPsnr);
	}

	HistoryEntry addValidation(final int epoch, final long step, final double seconds, final double learningRate,
		final double psnr)
	{
		final HistoryEntry entry = new HistoryEntry(epoch, step, seconds, learningRate, epochLoss / Math.max(1, epochSteps),
			psnr);
		history.add(entry);
		epochLoss = 0;
		epochSteps = 0;
		return entry;
	}

	void keepBest(final double psnr, final List<Weight> weights) {
		bestPsnr = psnr;
		bestWeights = weights;
	}

	/** The best weights so far, null before the first validation. */
	List<Weight> bestWeights() {
		return bestWeights;
	}

	/** What {@link #restore} needs beside the card and the best weights. */
	void save(final Map<String, String> state) {
		state.put("epochLoss", Double.toString(epochLoss));
		state.put("epochSteps", Long.toString(epochSteps));
		state.put("runningLoss", Double.toString(runningLoss));
		state.put("bestPsnr", Double.toString(bestPsnr));
	}

	/** Goes back to a checkpoint. */
	void restore(final ModelFile begun, final OptionReader state) {
		final ModelCard.TrainingData before = begun.card().data();
		final ModelCard.TrainingData now = set.data();
		if (!before.fingerprint().equals(now.fingerprint()) || before.particles() != now.particles())
			throw new TrainingException("The particles (" + now.noisy() + ", " + now.clean() +
				") are not those that the training began with (" + before.noisy() + ", " + before.clean() +
				"). Give the same, or train a new model.");
		history.addAll(begun.card().history());
		epochLoss = state.real("epochLoss");
		epochSteps = state.whole("epochSteps");
		runningLoss = state.real("runningLoss");
		bestPsnr = state.real("bestPsnr");
		if (!history.isEmpty()) bestWeights = begun.weights();
	}

	ModelCard card(final double seconds) {
		final Double pixelSize = Double.isNaN(set.source().pixelSizeAngstrom()) ? null : set.source().pixelSizeAngstrom();
		final Map<String, Double> metrics = new LinkedHashMap<>();
		if (!Double.isNaN(bestPsnr)) metrics.put("validation-psnr", bestPsnr);
		metrics.put("training-seconds", seconds);
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("clearice", Version.current());
		versions.put("tensorflow", TensorFlowRuntime.get().version());
		versions.put("java", System.getProperty("java.version"));
		versions.put("platform", TensorFlowRuntime.platform());
		return new ModelCard(ModelCard.SCHEMA, network.name(), network.options(), set.box(), pixelSize, set
			.contrast(), set.normalisation(), options.objective().label(), options.objective().reduction(), options
				.toMap(), options.seed(), set.data(), finite(
				history), metrics, versions);
	}

	/** JSON has no NaN: a validation without a PSNR (all clean images constant) is left out. */
	private static List<HistoryEntry> finite(final List<HistoryEntry> entries) {
		return entries.stream().filter(entry -> Double.isFinite(entry.validationPsnrDecibel())).toList();
	}
}
