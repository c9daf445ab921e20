package io.github.clearice.command;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.RunDirectory;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListeners;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.train.options.Preset;
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
import java.util.Set;

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
public final class TrainCommand extends TrainingDataCommand {

	/** Parameters that are no options of the training; all others are, but for those of its data. */
	private static final Set<String> NO_OPTIONS = Set.of("model", "preset", "search", "folder", "resume");

	@Parameter(label = "Model file", description = "The model to write, named .clearice. While the training runs, a" +
		" checkpoint with the same name and .checkpoint lies beside it.", style = FileWidget.SAVE_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private File model;

	@Parameter(label = "Preset", description = "The set of options to start from, of which any can be given another" +
		" value: fast and best are our own, for minutes and for hours; paper and published-code are Gu et al. 2021" +
		" as printed and as their code has it; su2018 and pix2pix are the conditional networks, pggan is the growing one." +
		" Defaults below are those of fast.", choices = { "fast", "best", "paper", "published-code", "su2018", "pix2pix",
			"pggan" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String preset;

	@Parameter(label = "Network", description = "gu2021 (4.2 million parameters), gu2021-256 (79, for boxes of 256" +
		" pixels), convnet (5.5) and pggan (37) are those of Gu et al. 2021, su2018 (27) that of Su et al. 2018, pix2pix" +
		" (54) the U-Net of Isola et al. 2017; light (0.1) is for machines without a GPU and treats particles alike" +
		" however they are turned by quarters or mirrored, deep (0.2) the same for longer trainings; residual (0.9) takes" +
		" no such symmetry for granted. auto takes light without a GPU and gu2021 with one.", choices = { "", "auto",
			"light", "deep", "residual", "gu2021", "gu2021-256", "convnet", "su2018", "pix2pix", "pggan" }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String network;

	@Parameter(label = "Adapt to noise levels", description = "Whether the network estimates the noise level of each" +
		" image and goes by it, so that one model serves many levels. Without it, true where snr= is a range.", choices = {
			"", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String adaptive;

	@Parameter(label = "Pixel loss", description = "What is made small: the mean absolute (l1) or the mean squared" +
		" (l2) difference.", choices = { "", "l1", "l2" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String loss;

	@Parameter(label = "Weight of the pixel loss",
		description = "Against the adversarial loss, 0 or more; it means another" +
			" thing with each reduction. Without it, 10 with a discriminator, and 100 with a conditional one.",
		style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String lambda;

	@Parameter(label = "Reduction over pixels",
		description = "How the pixel loss of an image is joined; images are always" +
			" averaged. Without it, mean, and sum beside an adversarial loss that is not conditional.", choices = { "",
				"mean", "sum" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String pixels;

	@Parameter(label = "Adversarial loss", description = "none trains an autoencoder; js is the (0, 0)-GAN; beta the" +
		" (alpha, beta)-GAN; wgan the Wasserstein GAN with gradient penalty; conditional that of pix2pix, whose" +
		" discriminator sees the noisy image too.", choices = { "", "none", "js", "beta", "wgan", "conditional" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String gan;

	@Parameter(label = "Alpha", description = "Of gan=beta, -1 to 1; 0.5 where it is not given. Robust against" +
		" contamination where alpha and beta differ by less than 1.", style = CommandParameter.NUMBER, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String alpha;

	@Parameter(label = "Beta", description = "Of gan=beta, -1 to 1; 0.5 where it is not given.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String beta;

	@Parameter(label = "Weight of the gradient penalty", description = "Of gan=wgan, above 0; 10 where it is not" +
		" given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Double mu;

	@Parameter(label = "Clamp of scores", description = "With gan=js and gan=beta, scores are held between this and" +
		" one minus this, and have no gradient beyond; at least 0 (not held) and below 0.5.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String clamp;

	@Parameter(label = "Reduction over scores", description = "How the map of scores that a discriminator gives an" +
		" image is joined. Without it, sum with gan=js and gan=beta, and mean with the others.", choices = { "", "mean",
		"sum" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String scores;

	@Parameter(label = "Discriminator", description = "Its name; auto, and none given, takes the one that goes with" +
		" the network. light-conditional, su2018 and pix2pix see the noisy image too.", choices = { "", "auto", "light",
			"deep", "residual", "light-conditional", "gu2021", "gu2021-256", "convnet", "su2018", "pix2pix", "pggan" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String discriminator;

	@Parameter(label = "Steps of the discriminator", description = "Ascents in an update, k_d of Algorithm 1 in Gu et" +
		" al. 2021; 1 where it is not given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Integer kd;

	@Parameter(label = "Steps of the generator", description = "Descents in an update on the same batch, k_g; 2 where" +
		" it is not given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Integer kg;

	@Parameter(label = "Updates of the discriminator", description = "It is trained in one of so many updates; 1, in" +
		" all, where it is not given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Integer criticevery;

	@Parameter(label = "Epochs", description = "Passes over the training particles.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer epochs;

	@Parameter(label = "Longest time (min)", description = "The training ends by then, its learning rate having fallen" +
		" as it would over all epochs. The time before a resume counts. Without it, there is no limit.", required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Double minutes;

	@Parameter(label = "Batch", description = "Pairs of one update.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer batch;

	@Parameter(label = "Learning rate", description = "At its peak. With another optimiser=, give another rate, such as" +
		" 0.012 for adam.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Double rate;

	@Parameter(label = "Learning rate of the discriminator", description = "At its peak; it rises and falls as the" +
		" other. 0.001 where it is not given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Double criticrate;

	@Parameter(label = "Warm-up (updates)", description = "Over which the learning rates rise, 0 or more.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String warmup;

	@Parameter(label = "Fall of the learning rate", description = "cosine falls over the whole training, none does" +
		" not, plateau falls whenever the validation has not gained for a while.", choices = { "", "cosine", "none",
		"plateau" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String decay;

	@Parameter(label = "Growth (images)", description = "Shown in each phase of a growing network: first images of 4 to" +
		" 7 pixels, then for each doubling a phase in which the new level is blended in and one in which it is trained" +
		" alone. It lasts that long even if the epochs are fewer. 0 trains it fully grown.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String growth;

	@Parameter(label = "Patience (validations)", description = "With decay=plateau, the learning rate falls after so" +
		" many validations without a gain; 5 where it is not given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer patience;

	@Parameter(label = "Early stop (validations)", description = "The training ends after so many validations without" +
		" a gain; 0 for never.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer earlystop;

	@Parameter(label = "Weights to keep", description = "best keeps those of the validation with the highest PSNR; last" +
		" those of the last update, as papers do, which may have learnt single pairs by heart.", choices = { "", "best",
			"last" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String keep;

	@Parameter(label = "Optimiser", description = "Of the network: adam, or muon, which learns faster: kernels by the" +
		" orthogonalised momentum of Jordan et al. 2024, the rest by Adam. A discriminator always takes Adam.", choices = {
			"", "adam", "muon" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String optimiser;

	@Parameter(label = "Decay of the mean", description = "Of gradients in Adam, at least 0 and below 1.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String beta1;

	@Parameter(label = "Decay of the squares", description = "Of gradients in Adam, at least 0 and below 1.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String beta2;

	@Parameter(label = "Decay of the average", description = "Of the weights that inference uses, at least 0 (the" +
		" weights themselves) and below 1.", style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String average;

	@Parameter(label = "Supervision", description = "What the network is shown as target: the clean image, a second" +
		" noisy image, or the noisy image itself.", choices = { "", "clean", "noise2noise", "noise2void" }, required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String supervision;

	@Parameter(label = "Augmentation",
		description = "rotations are quarter rotations and mirrors of pairs at random, not for" +
			" particles whose CTFs are all astigmatic in one direction; free is any turn in the plane, and shifts.",
		choices = { "", "none", "rotations", "free" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String augment;

	@Parameter(label = "Fresh noise", description = "Whether clean images get new noise in every epoch.", choices = {
		"", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String fresh;

	@Parameter(label = "Validation share", description = "Part of the pairs held out to choose the best weights;" +
		" with map= alone it does not count, and 300 more pairs are.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Double validation;

	@Parameter(label = "Seed", description = "Of the split, the first weights, the order of pairs and all else that is" +
		" drawn.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Long seed;

	@Parameter(label = "Device", description = "Where to train: auto takes a GPU where there is one.", choices = { "",
		"auto", "cpu", "gpu" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String device;

	@Parameter(label = "Precision", description = "In which the network computes: auto takes bfloat16 where the" +
		" processor has it, but float32 with gan=wgan; float16 is for GPUs.", choices = { "", "auto", "float32", "bfloat16",
			"float16" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String precision;

	@Parameter(label = "Threads", description = "Of the processor, 0 for all. A training repeats bit by bit with the" +
		" same number of threads.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer threads;

	@Parameter(label = "Checkpoint every (min)", description = "After a crash, resume= goes on from the last" +
		" checkpoint; 0 writes one after every epoch.", style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private String checkpoint;

	@Parameter(label = "Search among (settings)",
		description = "Tries so many settings of the rates, of lambda, alpha and" +
			" beta where there is a discriminator, and of the network, but for those that are given; the best on the" +
			" validation is trained to the end. It takes the time of a few trainings, and goes on when the same command is" +
			" given again.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private Integer search;

	@Parameter(label = "Run folder",
		description = "Where to keep the course of the training: metrics.tsv, event files of" +
			" TensorBoard, messages and previews. Without it, only the model is written.", style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private File folder;

	@Parameter(label = "Resume from", description = "The checkpoint of an interrupted training, or a model to train" +
		" further with more epochs. The options it began with are kept, but for epochs, minutes, rate, criticrate and" +
		" earlystop where given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private File resume;

	@Override
	public Map<String, String> defaults() {
		final Map<String, String> defaults = TrainingOptions.fast().toMap();
		defaults.values().removeIf(value -> value.equals(Double.toString(Double.POSITIVE_INFINITY)));
		return defaults;
	}

	@Override
	public List<String> missingParameters() {
		return files().missing(options().sampling().supervision());
	}

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected List<Path> outputs() {
		if (model == null) return List.of();
		final List<Path> outputs = new ArrayList<>(List.of(model.toPath(), Trainer.checkpointOf(model.toPath())));
		if (files().like() != null) outputs.add(pictureOf(model.toPath()));
		return outputs;
	}

	/** A training that is resumed, or a search that goes on, replaces its own model. */
	@Override
	protected boolean goesOn() {
		if (model == null) return false;
		final Path target = model.toPath();
		// After a crash there may be no model yet, only its checkpoint.
		final boolean own = resume != null && (resume.getAbsoluteFile().equals(model.getAbsoluteFile()) || AtomicOutput
			.isSame(resume.toPath(), target) || AtomicOutput.isSame(resume.toPath(), Trainer.checkpointOf(target)));
		return own || search != null && Files.exists(HyperparameterSearch.folderOf(target));
	}

	@Override
	protected List<Path> checkpoints() {
		return model == null ? List.of() : List.of(Trainer.checkpointOf(model.toPath()));
	}

	@Override
	protected String remedy() {
		if (search != null) return "The search goes on when the same command is given again.";
		final Path checkpoint = Trainer.checkpointOf(model.toPath());
		return Files.exists(checkpoint) ? "To go on from the last checkpoint, give resume=" + checkpoint + "."
			: "There was no checkpoint yet: train again.";
	}

	@Override
	protected Optional<Map<String, String>> resumption() {
		final Map<String, String> parameters = CommandParameter.values(this);
		if (search != null) return Optional.of(parameters);
		final Path checkpoint = Trainer.checkpointOf(model.toPath());
		if (!Files.exists(checkpoint)) return Optional.empty();
		// It keeps its options.
		parameters.keySet().removeAll(changes().keySet());
		parameters.remove("preset");
		parameters.put("resume", checkpoint.toString());
		return Optional.of(parameters);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path target = required(model, "model");
		if (resume != null && search != null) throw new ParameterException(
			"search= and resume= do not go together. A search goes on when the same command is given again.");
		requireApart(target, "model", files().all());
		report(summary(target, resume == null ? train(target, listener) : resume(target, listener)));
	}

	private ModelFile train(final Path target, final TaskListener listener) {
		final TrainingOptions options = options();
		try (PairSource source = files().open(options.sampling().supervision(), Map.of(), options.seed(), listener)) {
			drawLike(source, target, listener);
			return search == null ? Trainer.train(source, options, target, reporter(target, listener)) : HyperparameterSearch
				.run(source, options, changes().keySet(), search, target, reporter(target, listener));
		}
	}

	private ModelFile resume(final Path target, final TaskListener listener) {
		final Path from = required(resume, "resume");
		final ModelCard begun = Trainer.cardOf(from);
		final TrainingOptions options = TrainingOptions.of(begun.training());
		final String origin = options.origin().preset();
		if (preset != null && !List.of(Preset.FAST.label(),
			origin).contains(preset)) throw new ParameterException("preset=" +
			preset + " cannot change a training that is resumed: it keeps its options, of preset=" + origin +
			". Leave preset= out, or train a new model.");
		try (PairSource source = files().open(options.sampling().supervision(), begun.data().description(), options.seed(),
			listener))
		{
			return Trainer.resume(source, from, changes(), target, reporter(target, listener));
		}
	}

	/** Before the training, so that particles that are unlike the real ones need not be trained on. */
	private static void drawLike(final PairSource source, final Path target, final TaskListener listener) {
		source.like().ifPresent(like -> {
			final int count = like.particles().size();
			final float[][] simulated = new float[count][source.box() * source.box()];
			for (int i = 0; i < count; i++) source.read(i, simulated[i], new float[simulated[i].length]);
			Montage.ofFirst(count, count).add("real", like.particles()).add("simulated", new ArrayParticleStack("simulated",
				source.box(), source.pixelSizeAngstrom(), simulated)).write(pictureOf(target));
			listener.message("Real beside simulated particles: " + pictureOf(target));
		});
	}

	/** Of real beside simulated particles: {@code NAME.like.png} beside {@code NAME.clearice}. */
	private static Path pictureOf(final Path model) {
		final String name = model.getFileName().toString();
		final String stem = name.endsWith(ModelFile.EXTENSION) ? name.substring(0, name.length() - ModelFile.EXTENSION
			.length()) : name;
		return model.resolveSibling(stem + ".like.png");
	}

	private TrainingListener reporter(final Path target, final TaskListener listener) {
		final TrainingListener reporter = TrainingReporter.of(listener);
		if (folder == null) return reporter;
		final Path run = folder.toPath();
		final boolean goesOn = resume != null || search != null && Files.exists(HyperparameterSearch.folderOf(target));
		return new TrainingListeners(reporter, new RunDirectory(run, goesOn, listener), new PreviewWriter(run, listener));
	}

	/** What the user has set, by the names of the training options, which are those of the parameters. */
	private Map<String, String> changes() {
		final Map<String, String> changes = CommandParameter.values(this);
		CommandParameter.of(TrainingDataCommand.class).forEach(parameter -> changes.remove(parameter.name()));
		changes.keySet().removeAll(NO_OPTIONS);
		return changes;
	}

	private TrainingOptions options() {
		final Map<String, String> changes = changes();
		files().addDefaults(changes);
		return (preset == null ? Preset.FAST : Preset.named(preset)).options().with(changes);
	}

	private static String summary(final Path target, final ModelFile trained) {
		final long parameters = trained.weights().stream().mapToLong(weight -> weight.values().length).sum();
		final Double psnr = trained.card().metrics().get("validation-psnr");
		return String.format(Locale.ROOT, "%s: a network of %.2f million parameters for boxes of %d pixels", target,
			parameters / 1e6, trained.card().box()) + (psnr == null ? "." : String.format(Locale.ROOT,
				", validation PSNR %.2f dB.", psnr));
	}
}
