package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.input.LikeParticles;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.command.input.TrainingFiles;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.RunDirectory;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListeners;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.train.options.TrainingOptions;
import io.github.clearice.train.search.HyperparameterSearch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Trains a denoising network on pairs of noisy and clean particles. */
@Plugin(type = Command.class, name = "train", label = "Train Denoiser...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Train Denoiser...", weight = 5) },
	description = "Trains a denoising network on pairs of noisy and clean particles.")
public final class TrainCommand extends TrainingOptionsCommand {

	/** The launcher's exit code for a model of no use. */
	private static final int NO_USE = 3;

	@Parameter(label = "Search among (settings)",
		description = "Try this number of settings of the learning rates, of the network and, with a" +
		" discriminator, of lambda, alpha and beta. Options that are given stay fixed. The setting with the best" +
		" validation is trained to the end. This takes as long as a few trainings. The same command continues an" +
		" interrupted search.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private Integer search;

	@Parameter(label = "Run folder",
		description = "Folder for the course of the training: metrics.tsv, TensorBoard event files, messages and" +
		" previews. Default: only the model is written.", style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private File folder;

	@Parameter(label = "Resume from", description = "The checkpoint of an interrupted training, or a model to" +
		" train further with more epochs. Only epochs, minutes, rate, criticrate and earlystop can be changed.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private File resume;

	@Parameter(label = "Accept any model",
		description = "Exit code 0 for a model that is worse than no denoising, or no better than the one it was adapted" +
			" from, too, which otherwise has the exit code " + NO_USE + ". It is written in either case.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private Boolean accept = false;

	private boolean useless;

	@Override
	public int exitCode() {
		return useless && !accept ? NO_USE : super.exitCode();
	}

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected List<Path> outputs() {
		if (model() == null) return List.of();
		final List<Path> outputs = new ArrayList<>(List.of(model().toPath(), Trainer.checkpointOf(model().toPath())));
		if (files().like() != null && from() == null) outputs.add(LikeParticles.pictureBeside(model().toPath()));
		return outputs;
	}

	/** A training that is resumed, or a search that continues, replaces its own model. */
	@Override
	protected boolean goesOn() {
		if (model() == null) return false;
		final Path target = model().toPath();
		// After a crash there may be no model yet, only its checkpoint.
		final boolean own = resume != null && (resume.getAbsoluteFile().equals(model().getAbsoluteFile()) || AtomicOutput
			.isSame(resume.toPath(), target) || AtomicOutput.isSame(resume.toPath(), Trainer.checkpointOf(target)));
		return own || search != null && Files.exists(HyperparameterSearch.folderOf(target));
	}

	@Override
	protected List<Path> checkpoints() {
		return model() == null ? List.of() : List.of(Trainer.checkpointOf(model().toPath()));
	}

	@Override
	protected String remedy() {
		if (search != null) return "The search continues when the same command is given again.";
		final Path checkpoint = Trainer.checkpointOf(model().toPath());
		return Files.exists(checkpoint) ? "To continue from the last checkpoint, give resume=" + checkpoint + "."
			: "There was no checkpoint yet: train again.";
	}

	@Override
	protected Optional<Map<String, String>> resumption() {
		final Map<String, String> parameters = CommandParameter.values(this);
		if (search != null) return Optional.of(parameters);
		final Path checkpoint = Trainer.checkpointOf(model().toPath());
		if (!Files.exists(checkpoint)) return Optional.empty();
		// It keeps its options.
		parameters.keySet().removeAll(changes().keySet());
		parameters.remove("preset");
		parameters.put("resume", checkpoint.toString());
		return Optional.of(parameters);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path target = required(model(), "model");
		if (resume != null && search != null) throw new ParameterException(
			"search= and resume= do not go together. A search continues when the same command is given again.");
		if (from() != null && search != null) throw new ParameterException(
			"search= tries settings of new models, but from= names one to adapt. Leave one of them out.");
		final List<Path> read = new ArrayList<>(files().all());
		if (from() != null) ModelNames.file(from()).ifPresent(read::add);
		requireApart(target, "model", read);
		TensorFlowRuntime.requirePlatform();
		final ModelFile trained = resume == null ? train(target, listener) : resume(target, listener);
		useless = trained.card().isOfNoUse();
		report(summary(target, trained));
	}

	private ModelFile train(final Path target, final TaskListener listener) {
		final TrainingOptions options = options();
		try (PairSource source = files().open(options, from(), null, listener)) {
			// Before the training: particles that are unlike the real ones need not be trained on.
			LikeParticles.draw(source, target, listener);
			return search == null ? Trainer.train(source, options, target, reporter(target, listener)) : HyperparameterSearch
				.run(source, options, changes().keySet(), search, target, reporter(target, listener));
		}
	}

	private ModelFile resume(final Path target, final TaskListener listener) {
		final Path from = required(resume, "resume");
		final ModelCard begun = Trainer.cardOf(from);
		final TrainingOptions options = TrainingOptions.of(begun.training());
		requirePreset(options);
		final Map<String, String> data = begun.data().description();
		try (PairSource source = files().open(options, data.get(TrainingFiles.FROM), SimulationTerms.of(data), listener)) {
			return Trainer.resume(source, from, changes(), target, reporter(target, listener));
		}
	}

	private TrainingListener reporter(final Path target, final TaskListener listener) {
		final TrainingListener reporter = TrainingReporter.of(listener);
		if (folder == null) return reporter;
		final Path run = folder.toPath();
		final boolean goesOn = resume != null || search != null && Files.exists(HyperparameterSearch.folderOf(target));
		return new TrainingListeners(reporter, new RunDirectory(run, goesOn, listener), new PreviewWriter(run, listener));
	}

	private static String summary(final Path target, final ModelFile trained) {
		final long parameters = trained.weights().stream().mapToLong(weight -> weight.values().length).sum();
		final Double psnr = trained.card().metrics().get(ModelCard.VALIDATION_PSNR);
		final String network = String.format(Locale.ROOT, "%s: a network of %.2f million parameters for boxes of %d pixels",
			target, parameters / 1e6, trained.card().box());
		final Map<String, Double> metrics = trained.card().metrics();
		final Double gain = metrics.get(ModelCard.ADAPTATION_GAIN);
		if (gain != null) return network + (trained.card().isOfNoUse()
			? ", those it began with: the adaptation brought no gain." : String.format(Locale.ROOT,
				", adapted: on held-out particles the error is less by %.2g ± %.1g %% of their power.", gain, metrics.get(
					ModelCard.ADAPTATION_ERROR)));
		return network + (psnr == null ? "." : String.format(Locale.ROOT,
				", validation PSNR %.2f dB.", psnr));
	}
}
