package io.github.clearice.train;

/**
 * How the learning rate runs over a training: a linear rise over the first
 * updates, then half a cosine down to nearly zero (Loshchilov and Hutter 2017,
 * without restarts).
 *
 * @param peak the highest rate
 * @param warmUpSteps updates of the rise
 * @param decays whether the rate falls after the rise; otherwise it stays
 */
public record LearningRate(double peak, int warmUpSteps, boolean decays) {

	/** Where the cosine ends, as a share of the peak. */
	private static final double LEAST_SHARE = 0.01;

	public LearningRate {
		if (!(peak > 0) || peak > 10) throw new TrainingException("Option rate must be above 0 and at most 10, not " + peak +
			".");
		if (warmUpSteps < 0) throw new TrainingException("Option warmup must be 0 or more steps, not " + warmUpSteps + ".");
	}

	/**
	 * The rate of one update.
	 *
	 * @param step number of the update, from 1
	 * @param progress share of the training that is over, 0 to 1
	 */
	double at(final long step, final double progress) {
		final double rise = warmUpSteps == 0 ? 1 : Math.min(1, step / (double) warmUpSteps);
		if (!decays) return peak * rise;
		final double fall = (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
		return peak * rise * (LEAST_SHARE + (1 - LEAST_SHARE) * fall);
	}
}
