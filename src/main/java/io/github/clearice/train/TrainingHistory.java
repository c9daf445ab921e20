package io.github.clearice.train;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.network.Weight;
import io.github.clearice.train.options.OptionReader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is remembered of the course of a training: losses, validations, the best weights. */
final class TrainingHistory {

	private static final double RUNNING_SHARE = 0.02;

	private final List<HistoryEntry> entries = new ArrayList<>();
	private double epochLoss;
	private long epochSteps;
	private double runningLoss = Double.NaN;
	private double bestPsnr = Double.NaN;
	private List<Weight> bestWeights;
	private long validatedStep = -1;

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
		return entries.isEmpty() ? Double.NaN : entries.get(entries.size() - 1).validationPsnrDecibel();
	}

	/** PSNR of the best validation, NaN before the first. */
	double bestPsnr() {
		return bestPsnr;
	}

	boolean isValidatedAt(final long step) {
		return validatedStep == step;
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
		// JSON has no NaN: a validation without a PSNR (all clean images constant) is left out.
		if (Double.isFinite(psnr)) entries.add(entry);
		validatedStep = step;
		epochLoss = 0;
		epochSteps = 0;
		return entry;
	}

	void keepBest(final double psnr, final List<Weight> weights) {
		bestPsnr = psnr;
		bestWeights = weights;
	}

	/** The weights so far are those of another network. */
	void resetBest() {
		bestPsnr = Double.NaN;
		bestWeights = null;
	}

	/** The best weights so far, null before the first validation. */
	List<Weight> bestWeights() {
		return bestWeights;
	}

	/** The validations so far. */
	List<HistoryEntry> entries() {
		return List.copyOf(entries);
	}

	/** What {@link #restore} needs beside the validations and the best weights. */
	void save(final Map<String, String> state) {
		state.put("epochLoss", Double.toString(epochLoss));
		state.put("epochSteps", Long.toString(epochSteps));
		state.put("runningLoss", Double.toString(runningLoss));
		state.put("bestPsnr", Double.toString(bestPsnr));
		state.put("validatedStep", Long.toString(validatedStep));
	}

	/**
	 * Goes back to a checkpoint.
	 *
	 * @param validations up to it
	 * @param best weights until then, null before the first validation
	 */
	void restore(final List<HistoryEntry> validations, final List<Weight> best, final OptionReader state) {
		entries.clear();
		entries.addAll(validations);
		bestWeights = best;
		epochLoss = state.real("epochLoss");
		epochSteps = state.whole("epochSteps");
		runningLoss = state.real("runningLoss");
		bestPsnr = state.real("bestPsnr");
		validatedStep = state.whole("validatedStep");
	}
}
