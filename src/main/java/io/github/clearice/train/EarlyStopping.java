package io.github.clearice.train;

import io.github.clearice.model.Checkpoint;
import io.github.clearice.model.ModelFile;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.LearningRate;
import io.github.clearice.train.options.LearningRate.Decay;
import io.github.clearice.train.options.OptionReader;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Map;

/**
 * Counts validations without an improvement. After a given number it lowers the learning
 * rates ({@link Decay#PLATEAU}) or ends the training.
 */
public final class EarlyStopping {

	/** Factor on the learning rates after a plateau. */
	static final double FALL = 0.5;
	private static final String WITHOUT_GAIN = "withoutGain";
	/** Rates below this share of their peak have no effect. */
	private static final double LEAST_SHARE = 1.0 / 1024;

	private final LearningRate rate;
	private final int earlyStop;
	private int withoutGain;
	private int onPlateau;
	private double share = 1;

	/** @param earlyStop validations without an improvement that end the training; 0 for never */
	EarlyStopping(final LearningRate rate, final int earlyStop) {
		this.rate = rate;
		this.earlyStop = earlyStop;
	}

	/**
	 * Counts one validation.
	 *
	 * @param improved whether it was better than all before
	 * @return whether the rates fall now
	 */
	boolean update(final boolean improved) {
		withoutGain = improved ? 0 : withoutGain + 1;
		onPlateau = improved ? 0 : onPlateau + 1;
		if (rate.decay() != Decay.PLATEAU || onPlateau < rate.patience() || share * FALL < LEAST_SHARE) return false;
		onPlateau = 0;
		share *= FALL;
		return true;
	}

	/** Factor on the learning rates after all plateaus so far. */
	double share() {
		return share;
	}

	/** Starts again with the full learning rates. */
	void resetDecay() {
		share = 1;
		onPlateau = 0;
	}

	/** Number of validations since the last improvement. */
	int withoutGain() {
		return withoutGain;
	}

	/** Whether the training is to end early. */
	public boolean isOver() {
		return earlyStop > 0 && withoutGain >= earlyStop;
	}

	/** Whether a training has ended early that left this file. */
	public static boolean isOver(final ModelFile file, final TrainingOptions options) {
		final Map<String, String> state = file.checkpoint().map(Checkpoint::state).orElse(Map.of());
		if (!state.containsKey(WITHOUT_GAIN)) return false;
		final EarlyStopping stopping = new EarlyStopping(options.learningRate(), options.schedule().earlyStop());
		stopping.withoutGain = new OptionReader(state).integer(WITHOUT_GAIN);
		return stopping.isOver();
	}

	/**
	 * Checks that the training has not ended early.
	 *
	 * @throws ParameterException if it has
	 */
	void requireWork() {
		if (isOver()) throw new ParameterException("The training ended early after " + withoutGain +
			" validations without a gain: there is nothing to resume. To continue, give a larger earlystop=, or" +
			" earlystop=0.");
	}

	void save(final Map<String, String> state) {
		state.put(WITHOUT_GAIN, Integer.toString(withoutGain));
		state.put("onPlateau", Integer.toString(onPlateau));
		state.put("plateauShare", Double.toString(share));
	}

	void restore(final OptionReader state) {
		withoutGain = state.integer(WITHOUT_GAIN);
		onPlateau = state.integer("onPlateau");
		share = state.real("plateauShare");
	}
}
