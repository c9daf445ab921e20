package io.github.clearice.train;

import io.github.clearice.model.ModelFile;
import io.github.clearice.task.InputException;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checkpoints of trainings. */
public final class CheckpointFile {

	private CheckpointFile() {}

	/**
	 * Reads a checkpoint, or the newest one of a model: that beside it, or the one it
	 * holds.
	 *
	 * @throws InputException if there is none
	 */
	public static ModelFile read(final Path named) {
		final Path beside = Trainer.checkpointOf(named);
		final Path file = Files.exists(beside) ? beside : named;
		final ModelFile model = ModelFile.read(file);
		if (model.checkpoint().isEmpty()) throw new InputException("Cannot resume from " + file +
			": it is a model without a checkpoint. Train a new model.");
		return model;
	}
}
