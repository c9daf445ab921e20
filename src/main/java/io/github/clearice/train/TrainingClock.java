package io.github.clearice.train;

import io.github.clearice.task.ParameterException;
import io.github.clearice.train.TrainingState.TrainingHistory;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a training is, by updates and by the time it may take. */
final class TrainingClock {

	private final TrainingOptions options;
	private final long stepsPerEpoch;
	private final long leastSteps;
	private final LongSupplier nanoTime;
	private long start;
	private double secondsBefore;
	private long stepsBefore;
	private double lastCheckpoint;

	/**
	 * @param leastSteps that a training takes even if its epochs are fewer
	 * @param nanoTime such as {@link System#nanoTime}
	 */
	TrainingClock(final TrainingOptions options, final long stepsPerEpoch, final long leastSteps,
		final LongSupplier nanoTime)
	{
		this.nanoTime = nanoTime;
		start = nanoTime.getAsLong();
		this.leastSteps = leastSteps;
		this.options = options;
		this.stepsPerEpoch = stepsPerEpoch;
	}

	/** Adds the time that an interrupted training had already used. */
	void resumeAt(final long steps, final double seconds) {
		stepsBefore = steps;
		secondsBefore = seconds;
		lastCheckpoint = seconds;
	}

	/** Starts the clock; the time before was preparation. */
	void start() {
		start = nanoTime.getAsLong();
	}

	/** Counts updates again from an earlier one; the time that the later ones took stays spent. */
	void rollBack(final long from, final long to) {
		stepsBefore -= from - to;
	}

	/** Training time so far, of earlier runs too. */
	double seconds() {
		return secondsBefore + (nanoTime.getAsLong() - start) / 1e9;
	}

	long totalSteps() {
		return Math.max(leastSteps, options.schedule().epochs() * stepsPerEpoch);
	}

	/** A training takes one update at least, however slow the machine: there is no model without one. */
	boolean isOver(final long steps) {
		return steps >= totalSteps() || steps > 0 && seconds() >= 60 * options.schedule().maximumMinutes();
	}

	/**
	 * Checks that work is left to do.
	 *
	 * @throws ParameterException if not
	 */
	void requireWork(final long step) {
		if (step >= totalSteps()) throw new ParameterException("The training is complete after " + step +
			" updates: there is nothing to resume. To continue, give a larger epochs=.");
		if (isOver(step)) throw new ParameterException(String.format(Locale.ROOT,
			"The time is used up: the training has run %.2f minutes already (%d of %d updates). Give a larger minutes=.",
			seconds() / 60, step, totalSteps()));
	}

	/** Where a training stands after an update. */
	TrainingProgress progress(final long step, final double rate, final StepReport report,
		final TrainingHistory history)
	{
		return new TrainingProgress(step, totalSteps(), epoch(step), epoch(totalSteps()), seconds(), rate, history
			.runningLoss(), report, history.lastPsnr(), imagesPerSecond(step), secondsLeft(step));
	}

	boolean endsEpoch(final long step) {
		return step % stepsPerEpoch == 0;
	}

	/** The epoch that an update belongs to, from 1. */
	int epoch(final long step) {
		return (int) ((step - 1) / stepsPerEpoch) + 1;
	}

	/** The rate of an update follows its number, or the time where that runs out first. */
	double learningRate(final long step) {
		final double bySteps = (step - 1) / (double) totalSteps();
		final double byTime = seconds() / (60 * options.schedule().maximumMinutes());
		return options.learningRate().at(step, Math.max(bySteps, byTime));
	}

	/** Whether the interval between checkpoints has passed; asked after each update. */
	boolean isCheckpointDue(final long step) {
		final double interval = 60 * options.schedule().checkpointMinutes();
		if (interval == 0 ? !endsEpoch(step) : seconds() - lastCheckpoint < interval) return false;
		lastCheckpoint = seconds();
		return true;
	}

	private double imagesPerSecond(final long steps) {
		return (steps - stepsBefore) * options.schedule().batch() / (seconds() - secondsBefore);
	}

	private double secondsLeft(final long steps) {
		final double bySteps = (totalSteps() - steps) * options.schedule().batch() / imagesPerSecond(steps);
		return Math.max(0, Math.min(bySteps, 60 * options.schedule().maximumMinutes() - seconds()));
	}
}
