package io.github.clearice.train;

import io.github.clearice.model.ModelCard;
import io.github.clearice.network.VariableSet.Weight;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The model that a training began with, and what the training has gained, particle by particle, on those held out.
 * Noise of the targets adds the same to the errors of both, on average, so that it does not change which is better.
 */
final class Adaptation {

	/** So many standard errors tell a gain from chance. */
	private static final double SURE = 2;

	private final String model;
	private final Validation validation;
	private final List<Weight> weights;
	private final Validation.Scores before;
	private Gain gain;
	private boolean improved;

	/**
	 * By how much the mean squared error has fallen.
	 *
	 * @param percent of the mean power of the particles
	 * @param error its standard error over the held-out particles, in the same unit
	 */
	private record Gain(double percent, double error) {

		boolean isSure() {
			return percent > SURE * error;
		}
	}

	/**
	 * Validates the model that a training begins with, whose network gets its weights.
	 *
	 * @param model what messages call it
	 */
	Adaptation(final String model, final List<Weight> weights, final Validation validation,
		final NetworkTraining training)
	{
		this.model = model;
		this.weights = weights;
		this.validation = validation;
		training.begin(weights);
		before = validation.scores(training::predict);
	}

	/** The weights that the training began with. */
	List<Weight> weights() {
		return weights;
	}

	/** Their validation PSNR, in dB. */
	double psnrDecibel() {
		return before.psnrDecibel();
	}

	/**
	 * Compares weights with those that the training began with.
	 *
	 * @param best of the training; where these are the ones it began with, those it ended with are compared
	 * @param training with the weights it ended with, which may be lost
	 * @return whether they are better, which chance would hardly make them seem
	 */
	boolean isImprovedBy(final List<Weight> best, final NetworkTraining training) {
		final boolean changed = !isBegun(best);
		training.begin(changed ? best : training.inferenceWeights());
		final Validation.Scores after = validation.scores(training::predict);
		double sum = 0, squares = 0;
		int counted = 0;
		for (int i = 0; i < before.errors().length; i++) {
			final double fall = before.errors()[i] - after.errors()[i];
			if (Double.isNaN(fall)) continue;
			sum += fall;
			squares += fall * fall;
			counted++;
		}
		final double mean = sum / counted, variance = Math.max(0, squares / counted - mean * mean);
		gain = new Gain(100 * mean / before.power(), 100 * Math.sqrt(variance / (counted - 1)) / before.power());
		improved = changed && gain.isSure();
		return improved;
	}

	private boolean isBegun(final List<Weight> other) {
		boolean same = other.size() == weights.size();
		for (int i = 0; same && i < weights.size(); i++) same = Arrays.equals(weights.get(i).values(), other.get(i)
			.values());
		return same;
	}

	/** What became of the training, in one line. */
	String verdict() {
		final String change = String.format(Locale.ROOT,
			"On %d held-out particles the mean squared error %s by %.2g ± %.1g %% of their power", before.errors().length,
			gain.percent < 0 ? "rises" : "falls", Math.abs(gain.percent), gain.error);
		return improved ? change + " against that of " + model + "." : "Warning: the adaptation is of no use. " +
			change + ", so the model written is " + model + " as it was. Give more particles or minutes=, or use " + model +
			".";
	}

	/** Figures for the card. */
	Map<String, Double> metrics() {
		final Map<String, Double> metrics = new LinkedHashMap<>();
		if (!Double.isNaN(before.psnrDecibel())) metrics.put(ModelCard.UNADAPTED_PSNR, before.psnrDecibel());
		if (gain == null || !Double.isFinite(gain.percent + gain.error)) return metrics;
		metrics.put(ModelCard.ADAPTATION_GAIN, gain.percent);
		metrics.put(ModelCard.ADAPTATION_ERROR, gain.error);
		return metrics;
	}
}
