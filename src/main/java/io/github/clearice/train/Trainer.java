package io.github.clearice.train;

import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Trains a denoiser on pairs of noisy and clean particles.
 * <p>
 * The model appears under its name when the training is over. Until then a
 * checkpoint lies beside it, from which {@link #resume} continues after a crash;
 * with the same number of threads it arrives at the same weights.
 */
public final class Trainer {

	private static final String CHECKPOINT = ".checkpoint";

	private Trainer() {}

	/** Where the checkpoint of a training lies until the model is complete. */
	public static Path checkpointOf(final Path model) {
		return model.resolveSibling(model.getFileName() + CHECKPOINT);
	}

	/**
	 * The card of a training's checkpoint.
	 *
	 * @param from a checkpoint, or the model whose checkpoint lies beside it or in it
	 * @throws InputException if it cannot be read
	 */
	public static ModelCard cardOf(final Path from) {
		return read(from).card();
	}

	/**
	 * Trains a new model, or adapts that which the pairs begin with.
	 *
	 * @param source of the pairs, left open
	 * @param model where to write it
	 * @return the model as written: its weights are those that did best on the held-out particles; where an adaptation
	 *         brought no gain, those it began with
	 * @throws ParameterException if the particles do not suit, or the loss stops being a number
	 * @throws TaskCancelledException if the listener cancels; nothing is left then
	 */
	public static ModelFile train(final PairSource source, final TrainingOptions options, final Path model,
		final TrainingListener listener)
	{
		return train(source, options, Networks.of(source, options), model, listener);
	}

	/**
	 * Trains a network of one's own; {@code options.network()} does not count then.
	 *
	 * @param network which {@link Architectures#rebuild} must know, so that the model file can be opened
	 */
	public static ModelFile train(final PairSource source, final TrainingOptions options, final Architecture network,
		final Path model, final TrainingListener listener)
	{
		return train(source, options, Networks.with(network, options), model, listener);
	}

	static ModelFile train(final PairSource source, final TrainingOptions options, final Networks networks,
		final Path model, final TrainingListener listener)
	{
		return train(source, options, networks, model, listener, System::nanoTime);
	}

	/** @param nanoTime the clock of the time limit */
	static ModelFile train(final PairSource source, final TrainingOptions options, final Networks networks,
		final Path model, final TrainingListener listener, final LongSupplier nanoTime)
	{
		final Path checkpoint = checkpointOf(model);
		if (Files.exists(checkpoint)) listener.message("Warning: " + checkpoint +
			" holds an unfinished training and will be replaced; to continue it, stop now and use resume=" + checkpoint);
		networks.checkBox(source.box());
		return run(source, options, networks, null, false, model, listener, nanoTime);
	}

	/** The options that can change when a training continues; other changes would make it a different training. */
	private static final Set<String> CHANGEABLE = Set.of("epochs", "minutes", "rate", "criticrate", "earlystop",
		"precision", "device", "threads", "checkpoint");

	/**
	 * Goes on with a training from its checkpoint, or from a model, with the options
	 * it began with.
	 *
	 * @param from a checkpoint, or the model whose checkpoint lies beside it or in it
	 * @param changes options to replace by name, such as {@code epochs}; usually empty
	 * @throws ParameterException if the particles are not those of the training
	 * @throws InputException if the checkpoint cannot be read
	 */
	public static ModelFile resume(final PairSource source, final Path from, final Map<String, String> changes,
		final Path model, final TrainingListener listener)
	{
		final ModelFile resumed = read(from);
		final TrainingOptions before = TrainingOptions.of(resumed.card().training());
		changes.forEach((name, value) -> requireChangeable(before, name, value));
		final TrainingOptions options = before.with(changes);
		if (source.box() != resumed.card().box()) throw new ParameterException("The images of " + source.noisyName() +
			" have boxes of " + source.box() + " pixels, but the training to resume has boxes of " + resumed.card().box() +
			". Give the particles it began with.");
		// A program may have been killed after its last update, before it wrote the model.
		final boolean finished = from.equals(newest(from)) && !from.toString().endsWith(CHECKPOINT);
		return run(source, options, Networks.resumed(resumed), resumed, finished, model, listener, System::nanoTime);
	}

	/** An option with its original value is accepted: the same command continues its training. */
	private static void requireChangeable(final TrainingOptions before, final String name, final String value) {
		if (CHANGEABLE.contains(name)) return;
		final String kept = before.toMap().get(name);
		if (!before.with(name, value).toMap().get(name).equals(kept)) throw new ParameterException("Option " + name +
			" cannot change when a training is resumed: it is " + kept + ". Leave it out, or train a new model.");
	}

	private static boolean hasNewRates(final TrainingOptions options, final ModelFile resumed) {
		final Map<String, String> before = TrainingOptions.of(resumed.card().training()).toMap();
		final Map<String, String> now = options.toMap();
		return !now.get("rate").equals(before.get("rate")) || !Objects.equals(now.get("criticrate"), before.get(
			"criticrate"));
	}

	private static ModelFile run(final PairSource source, final TrainingOptions options, final Networks networks,
		final ModelFile resumed, final boolean finished, final Path model, final TrainingListener listener,
		final LongSupplier nanoTime)
	{
		// A place that cannot be written to is refused now, not when the training is over.
		AtomicOutput.requireWritable(model);
		return run(TrainingSet.of(source, options, listener), options, networks, resumed, finished, model, listener,
			nanoTime);
	}

	/**
	 * Trains on pairs that were surveyed.
	 *
	 * @param resumed the state to continue from; null to begin
	 */
	public static ModelFile run(final TrainingSet set, final TrainingOptions options, final ModelFile resumed,
		final Path model, final TrainingListener listener)
	{
		final Networks networks = resumed == null ? Networks.of(set.source(), options) : Networks.resumed(resumed);
		return run(set, options, networks, resumed, false, model, listener, System::nanoTime);
	}

	/** @param finished whether the state is that of a model that was written: then updates must be left to make */
	private static ModelFile run(final TrainingSet set, final TrainingOptions options, final Networks networks,
		final ModelFile resumed, final boolean finished, final Path model, final TrainingListener listener,
		final LongSupplier nanoTime)
	{
		final Device device = Device.choose(options.compute().device(), options.precision(), options.compute().threads(),
			listener);
		try (TrainingRun run = new TrainingRun(set, options, networks, device, checkpointOf(model), listener,
			nanoTime))
		{
			if (resumed != null) run.resume(resumed, hasNewRates(options, resumed));
			if (finished) run.requireWork();
			return run.go(model);
		}
	}

	private static Path newest(final Path named) {
		final Path beside = checkpointOf(named);
		return Files.exists(beside) ? beside : named;
	}

	/**
	 * Reads a checkpoint, or the newest one of a model: that beside it, or the one it
	 * holds.
	 *
	 * @throws InputException if there is none
	 */
	public static ModelFile read(final Path named) {
		final Path file = newest(named);
		final ModelFile model = ModelFile.read(file);
		if (model.checkpoint().isEmpty()) throw new InputException("Cannot resume from " + file +
			": it is a model without a checkpoint. Train a new model.");
		return model;
	}
}
