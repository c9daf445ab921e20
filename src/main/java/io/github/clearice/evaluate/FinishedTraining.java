package io.github.clearice.evaluate;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** Ensures that a study's trainings have finished: a stopped one must not be compared with complete ones. */
public final class FinishedTraining {

	private FinishedTraining() {}

	/**
	 * Trains a model, unless it is there, from its checkpoint if there is one.
	 *
	 * @param source opens the pairs
	 * @throws TaskCancelledException if the training was stopped; its model is not kept
	 */
	public static void run(final Supplier<PairSource> source, final TrainingOptions options, final Path model,
		final TrainingListener listener)
	{
		final Path checkpoint = Trainer.checkpointOf(model);
		if (Files.exists(checkpoint)) Trainer.resume(source.get(), checkpoint, Map.of(), model, listener);
		else if (!Files.exists(model)) Trainer.train(source.get(), options, model, listener);
		else return;
		if (!listener.isStopRequested()) return;
		AtomicOutput.delete(model);
		throw new TaskCancelledException("Training for a study");
	}

	/** Whether a model is there that no training would replace. */
	public static boolean isDone(final Path model) {
		return Files.exists(model) && !Files.exists(Trainer.checkpointOf(model));
	}
}
