package io.github.clearice.fiji.ui;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

/**
 * A snapshot of a training for the window; values that do not exist yet are null.
 *
 * @param state how it goes
 * @param task the current step, such as "Training"
 * @param done steps of the task
 * @param total steps of the task, 0 where that is unknown
 * @param progress of the training
 * @param losses running means of the pixel loss
 * @param validations PSNR in dB on the held-out particles
 * @param best the validation with the highest PSNR so far
 * @param last the last validation
 * @param sample held-out particles at the last validation
 * @param search results of other settings
 * @param remark the last message, or how it ended; empty if there is none
 */
record TrainingView(TrainingState state, String task, long done, long total, TrainingProgress progress, Curve losses,
	Curve validations, HistoryEntry best, HistoryEntry last, ValidationSample sample, SearchView search,
	String remark)
{

	/** Whether a search continues, rather than a training that leaves a model. */
	boolean isSearching() {
		return search.now() != null || !search.ranked().isEmpty() && progress == null;
	}
}
