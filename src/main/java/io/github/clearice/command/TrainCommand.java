package io.github.clearice.command;

import io.github.clearice.model.ModelFile;
import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Trains a denoising network on pairs of noisy and clean particles. */
@Plugin(type = Command.class, label = "Train Denoiser...", menuPath = "Plugins>ClearIce>Train Denoiser...",
	headless = true, description = "Trains a denoising network on pairs of noisy and clean particles.")
public final class TrainCommand extends ClearIceCommand {

	@Parameter(label = "Noisy particles", description = "An MRC stack or a RELION STAR file.", persist = false)
	private File noisy;

	@Parameter(label = "Clean particles", description = "The truth: as many images of the same size, in the same order.",
		persist = false)
	private File clean;

	@Parameter(label = "Model file", description = "The model to write, named .clearice. While the training runs, a" +
		" checkpoint with the same name and .checkpoint lies beside it.", style = FileWidget.SAVE_STYLE, persist = false)
	private File model;

	@Parameter(label = "Network", description = "gu2021 is the residual generator of Gu et al. 2021 (4.2 million" +
		" parameters), light a smaller one of its family; auto takes light without a GPU and gu2021 with one.", choices = {
			"auto", "light", "gu2021" }, required = false, persist = false)
	private String network;

	@Parameter(label = "Loss", description = "What is made small: the mean absolute (l1) or the mean squared (l2)" +
		" difference.", choices = { "l1", "l2" }, required = false, persist = false)
	private String loss;

	@Parameter(label = "Epochs", description = "Passes over the training particles.", required = false,
		persist = false)
	private Integer epochs;

	@Parameter(label = "Longest time (min)", description = "The training ends by then, its learning rate having fallen as" +
		" it would over all epochs. The time before a resume counts. Without it, there is no limit.", required = false, persist = false)
	private Double minutes;

	@Parameter(label = "Batch", description = "Pairs of one update.", required = false, persist = false)
	private Integer batch;

	@Parameter(label = "Learning rate", description = "Of Adam, at its peak; it rises over the first updates and falls" +
		" along a cosine.", required = false, persist = false)
	private Double rate;

	@Parameter(label = "Augment", description = "Whether pairs are turned by quarter turns and mirrored at random. Not for" +
		" particles whose CTFs are all astigmatic in one direction.", required = false, persist = false)
	private Boolean augment = true;

	@Parameter(label = "Validation share", description = "Part of the pairs held out to choose the best weights.",
		required = false, persist = false)
	private Double validation;

	@Parameter(label = "Seed", description = "Of the split, the first weights, the order of pairs and the augmentation.",
		required = false, persist = false)
	private Long seed;

	@Parameter(label = "Device", description = "Where to train: auto takes a GPU where there is one.", choices = { "auto",
		"cpu", "gpu" }, required = false, persist = false)
	private String device;

	@Parameter(label = "Precision", description = "In which the network computes: auto takes bfloat16 where the processor" +
		" has it.", choices = { "auto", "float32", "bfloat16" }, required = false, persist = false)
	private String precision;

	@Parameter(label = "Threads", description = "Of the processor, 0 for all. A training repeats bit by bit with the same" +
		" number of threads.", required = false, persist = false)
	private Integer threads;

	@Parameter(label = "Checkpoint every (min)", description = "After a crash, resume= goes on from the last checkpoint; 0" +
		" writes one after every epoch.", required = false, persist = false)
	private Double checkpoint;

	@Parameter(label = "Resume from", description = "The checkpoint of an interrupted training, or a model to train" +
		" further with more epochs. The options it began with are kept, but for epochs and minutes where" +
		" given.", required = false, persist = false)
	private File resume;

	@Override
	protected Map<String, String> defaults() {
		final Map<String, String> defaults = TrainingOptions.fast().toMap();
		defaults.values().removeIf(value -> value.equals(Double.toString(Double.POSITIVE_INFINITY)));
		return defaults;
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path noisyPath = existing(noisy, "noisy");
		final Path cleanPath = existing(clean, "clean");
		final Path target = required(model, "model");
		requireApart(target, "model", List.of(noisyPath, cleanPath));
		if (AtomicOutput.isSame(noisyPath, cleanPath)) throw new CommandException("noisy= and clean= are the same file " + noisyPath +
			", so there is no noise to learn from. Give the clean images of the particles.");
		final TrainingReporter reporter = new TrainingReporter(listener);
		try (ParticlePairs pairs = Stacks.openPairs(noisyPath, cleanPath, listener)) {
			final ModelFile trained = resume == null ? Trainer.train(pairs, TrainingOptions.fast().with(changes()), target,
				reporter) : Trainer.resume(pairs, required(resume, "resume"), changes(), target, reporter);
			report(summary(target, trained));
		}
	}

	/** What the user has set, by the names of the training options, which are those of the parameters. */
	private Map<String, String> changes() {
		final Map<String, Object> given = new LinkedHashMap<>();
		given.put("network", network);
		given.put("loss", loss);
		given.put("epochs", epochs);
		given.put("minutes", minutes);
		given.put("batch", batch);
		given.put("rate", rate);
		// Dialogs know no absent answer: true, the default, counts as not given.
		given.put("augment", augment ? null : augment);
		given.put("validation", validation);
		given.put("seed", seed);
		given.put("device", device);
		given.put("precision", precision);
		given.put("threads", threads);
		given.put("checkpoint", checkpoint);
		final Map<String, String> changes = new LinkedHashMap<>();
		given.forEach((name, value) -> {
			if (value != null) changes.put(name, String.valueOf(value));
		});
		return changes;
	}

	private static String summary(final Path target, final ModelFile trained) {
		final long parameters = trained.weights().stream().mapToLong(weight -> weight.values().length).sum();
		return String.format(Locale.ROOT,
			"%s: a network of %.2f million parameters for boxes of %d pixels, validation PSNR %.2f dB.", target, parameters /
				1e6, trained.card().box(), trained.card().metrics().getOrDefault("validation-psnr", Double.NaN));
	}
}
