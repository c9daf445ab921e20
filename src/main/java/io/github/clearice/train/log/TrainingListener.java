package io.github.clearice.train.log;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;

/**
 * Hears how a training goes on. Besides cancelling, which leaves nothing behind,
 * it can ask for a clean stop, which keeps the model so far.
 */
public interface TrainingListener extends TaskListener {

	/** A listener that hears nothing and never stops a training. */
	TrainingListener SILENT = new TrainingListener() {};

	/**
	 * The training goes on from here: it begins, is resumed, or has gone back after a
	 * divergence. What was heard of later updates does not count any more.
	 *
	 * @param step updates so far
	 */
	default void startedAt(final long step) {}

	/** An update was made. */
	default void updated(final TrainingProgress progress) {}

	/** The weights were tried on the held-out particles, at the end of an epoch or of the training. */
	default void validated(final HistoryEntry entry, final ValidationSample sample) {}

	/** All that is needed to go on was written. */
	default void checkpointed(final long step, final Path file) {}

	/**
	 * A search trains one of its settings.
	 *
	 * @return who hears of that training; by default nobody does
	 */
	default TrainingListener trial(final SearchTrial trial) {
		return SILENT;
	}

	/**
	 * A search knows how good a setting is after a round: it was trained, or had been before the search was interrupted.
	 *
	 * @param psnrDecibel of the validation; NaN where the training diverged
	 */
	default void tried(final SearchTrial trial, final double psnrDecibel) {}

	/** Whether the training should end after this update and keep the model so far. */
	default boolean isStopRequested() {
		return false;
	}
}
