package io.github.clearice.train;

import java.util.Map;

/**
 * Counts the validations without a gain: so many lower the learning rates, with
 * {@link Decay#PLATEAU}, and so many end the training early.
 */
final class Patience {

	/** What is left of the rates after a plateau. */
	static final double FALL = 0.5;
	/** Lower rates than this share of their peak change nothing any more. */
	private static final double LEAST_SHARE = 1.0 / 1024;

	private final LearningRate rate;
	private final int earlyStop;
	private int withoutGain;
	private int onPlateau;
	private double share = 1;

	/** @param earlyStop validations without a gain that end the training; 0 for never */
	Patience(final LearningRate rate, final int earlyStop) {
		this.rate = rate;
		this.earlyStop = earlyStop;
	}

	/**
	 * Hears of a validation.
	 *
	 * @param gained whether it was better than all before
	 * @return whether the rates fall now
	 */
	boolean hear(final boolean gained) {
		withoutGain = gained ? 0 : withoutGain + 1;
		onPlateau = gained ? 0 : onPlateau + 1;
		if (rate.decay() != Decay.PLATEAU || onPlateau < rate.patience() || share * FALL < LEAST_SHARE) return false;
		onPlateau = 0;
		share *= FALL;
		return true;
	}

	/** What plateaus have left of the rates. */
	double share() {
		return share;
	}

	/** The rates are new ones: plateaus have left all of them. */
	void forgetFalls() {
		share = 1;
		onPlateau = 0;
	}

	/** How many validations in a row, up to the last, were without a gain. */
	int withoutGain() {
		return withoutGain;
	}

	/** Whether the training is to end early. */
	boolean isOver() {
		return earlyStop > 0 && withoutGain >= earlyStop;
	}

	/**
	 * Holds that the training has not ended early.
	 *
	 * @throws TrainingException if it has
	 */
	void requireWork() {
		if (isOver()) throw new TrainingException("The training ended early after " + withoutGain +
			" validations without a gain: there is nothing to resume. To go on, give a larger earlystop=, or earlystop=0.");
	}

	void save(final Map<String, String> state) {
		state.put("withoutGain", Integer.toString(withoutGain));
		state.put("onPlateau", Integer.toString(onPlateau));
		state.put("plateauShare", Double.toString(share));
	}

	void restore(final OptionReader state) {
		withoutGain = state.integer("withoutGain");
		onPlateau = state.integer("onPlateau");
		share = state.real("plateauShare");
	}
}
