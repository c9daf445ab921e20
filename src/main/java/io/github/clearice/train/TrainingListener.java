package io.github.clearice.train;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.TaskListener;

/**
 * Hears how a training goes on. Besides cancelling, which leaves nothing behind,
 * it can ask for a clean stop, which keeps the model so far.
 */
public interface TrainingListener extends TaskListener {

	/** A listener that hears nothing and never stops a training. */
	TrainingListener SILENT = new TrainingListener() {};

	/** An update was made. */
	default void updated(final TrainingProgress progress) {}

	/** An epoch ended and its weights were tried on the held-out particles. */
	default void validated(final HistoryEntry entry) {}

	/** Whether the training should end after this update and keep the model so far. */
	default boolean isStopRequested() {
		return false;
	}
}
