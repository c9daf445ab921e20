package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.Preset;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.util.List;
import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/**
 * The parameters that say which model is trained, and how. Fields are empty where nothing is given: {@link Preset} has
 * the defaults.
 */
abstract class TrainingOptionsCommand extends TrainingDataCommand {

	@Parameter(label = "Adapt the model", description = "Instead of a new model: general, or a general model's file, is" +
		" adapted to the particles, and kept as it is unless that makes it better. noisy= alone is enough; with second=," +
		" clean= or map= it learns from these. The result is used like general.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String from;

	@Parameter(label = "Model file", description = "The model file to write (.clearice). During the training, a" +
		" checkpoint with the same name and the ending .checkpoint lies beside it.", style = FileWidget.SAVE_STYLE,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private File model;

	@Parameter(label = "Preset", description = "A set of options, each of which can be changed. fast and best" +
		" are made for ClearIce, for minutes and for hours. paper and published-code are Gu et al. 2021 as" +
		" printed and as in their code. su2018 and pix2pix are conditional networks, pggan is a growing network." +
		" adapt is for from=, whose default it is. The defaults below are those of fast.",
		choices = { "fast", "best", "paper", "published-code", "su2018", "pix2pix", "pggan", "adapt" }, required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String preset;

	@Parameter(label = "Network", description = "light (0.1 million parameters) is for computers without a GPU," +
		" deep (0.2) is the same for longer trainings. Both give the same result for particles rotated by 90" +
		" degrees or mirrored; residual (0.9) does not have this symmetry built in. gu2021 (4.2), gu2021-256" +
		" (79, for boxes of 256 pixels), convnet (5.5) and pggan (37) are from Gu et al. 2021, su2018 (27) from" +
		" Su et al. 2018, and pix2pix (54) is the U-Net of Isola et al. 2017. auto chooses light without a GPU" +
		" and gu2021 with one.", choices = { "", "auto",
			"light", "deep", "residual", "gu2021", "gu2021-256", "convnet", "su2018", "pix2pix", "pggan" }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String network;

	@Parameter(label = "Adapt to noise levels", description = "The network estimates the noise level of each" +
		" image and adapts to it. A model for " +
		"many noise levels does not need this: a range of snr= is enough.",
		choices = {
			"", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String adaptive;

	@Parameter(label = "Pixel loss", description = "Loss to minimise: mean absolute (l1) or mean squared (l2)" +
		" difference.", choices = { "", "l1", "l2" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String loss;

	@Parameter(label = "Weight of the pixel loss",
		description = "Weight relative to the adversarial loss, 0 or more. A suitable weight depends on the" +
		" reduction over pixels. With a discriminator it is 10 unless given, with a conditional one 100.",
		style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String lambda;

	@Parameter(label = "Parity of the gradients",
		description = "With a gan=: the adversarial loss is weighted anew in each update so that its gradient with" +
			" respect to the denoised images is this many times that of the pixel loss. 1 makes both pull alike. Default:" +
			" 0, which leaves the balance to lambda=.", style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String parity;

	@Parameter(label = "Reduction over pixels",
		description = "How the losses of the pixels of an image are combined; images are always averaged. With an" +
		" adversarial loss that is not conditional, it is sum unless given.", choices = { "",
				"mean", "sum" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String pixels;

	@Parameter(label = "Adversarial loss", description = "none trains an autoencoder. js is the (0, 0)-GAN, beta" +
		" the (alpha, beta)-GAN, wgan the Wasserstein GAN with gradient penalty. conditional is the GAN of pix2pix," +
		" in which the discriminator also sees the noisy " +
		"image.", choices = { "", "none", "js", "beta", "wgan", "conditional" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String gan;

	@Parameter(label = "Alpha", description = "With gan=beta: -1 to 1, 0.5 by default. The loss is robust" +
		" against contamination if alpha and beta differ by less than 1.", style = CommandParameter.NUMBER,
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String alpha;

	@Parameter(label = "Beta", description = "With gan=beta: -1 to 1, 0.5 by default.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String beta;

	@Parameter(label = "Weight of the gradient penalty", description = "With gan=wgan: above 0, 10 by default.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Double mu;

	@Parameter(label = "Clamp of scores", description = "With gan=js and gan=beta: scores are limited to this" +
		" value at the low end and one minus it at the high end, with no gradient beyond. At least 0 (no limit)" +
		" and below 0.5.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String clamp;

	@Parameter(label = "Reduction over scores", description = "How the scores that a discriminator gives to the" +
		" parts of an image are combined. Default: sum with gan=js and gan=beta, mean with the others.", choices = { "",
		"mean",
		"sum" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String scores;

	@Parameter(label = "Discriminator", description = "auto chooses the discriminator that belongs to the" +
		" network. light-conditional, su2018 and pix2pix also see the noisy image.", choices = { "", "auto", "light",
			"deep", "residual", "light-conditional", "gu2021", "gu2021-256", "convnet", "su2018", "pix2pix", "pggan" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private String discriminator;

	@Parameter(label = "Steps of the discriminator", description = "Steps of the discriminator per update, k_d" +
		" in Algorithm 1 of Gu et al. 2021. Default: 1.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Integer kd;

	@Parameter(label = "Steps of the generator", description = "Steps of the generator per update on the same" +
		" batch, k_g in Algorithm 1. Default: 2.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Integer kg;

	@Parameter(label = "Updates of the discriminator", description = "Train the discriminator only in every n-th" +
		" update. Default: 1, which is every update.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Losses"))
	private Integer criticevery;

	@Parameter(label = "Epochs", description = "Number of passes over the training particles.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer epochs;

	@Parameter(label = "Longest time (min)", description = "Limits the training time, including the time before a" +
		" resume. The learning rate is " +
		"scheduled to reach its end by then. Default: no limit.", required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Double minutes;

	@Parameter(label = "Batch", description = "Number of pairs per update.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer batch;

	@Parameter(label = "Learning rate", description = "Peak of the learning rate. It depends on the optimiser=:" +
		" for adam, use 0.012, for example.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Double rate;

	@Parameter(label = "Learning rate of the discriminator", description = "Peak of the learning rate. It rises" +
		" and falls with that of the network. Default: 0.001.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Double criticrate;

	@Parameter(label = "Warm-up (updates)", description = "Number of updates during which the learning rates" +
		" rise, 0 or more.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String warmup;

	@Parameter(label = "Fall of the learning rate", description = "cosine lowers the learning rate over the" +
		" whole training, none keeps it constant, plateau lowers it when the validation no longer improves.",
		choices = { "", "cosine", "none",
		"plateau" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String decay;

	@Parameter(label = "Growth (images)", description = "Number of images shown in each phase of a growing" +
		" network. It starts with images of 4 to 7 pixels. Each doubling has two phases: the new level is" +
		" blended in, then trained. The training lasts that long even if the epochs are fewer. 0 trains the" +
		" fully grown network.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String growth;

	@Parameter(label = "Patience (validations)", description = "With decay=plateau: the learning rate falls" +
		" after this number of validations without improvement. Default: 5.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer patience;

	@Parameter(label = "Early stop (validations)", description = "End the training after this number of" +
		" validations without improvement. 0 never ends it early.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer earlystop;

	@Parameter(label = "Weights to keep", description = "best keeps the weights of the validation with the" +
		" highest PSNR. last keeps those of the last update, as in the papers, which may be overfitted.", choices = { "",
		"best",
			"last" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String keep;

	@Parameter(label = "Optimiser", description = "Optimiser of the network. muon (kernels by the orthogonalised" +
		" momentum of Jordan et al. 2024, the rest by Adam) learns faster than adam. Discriminators always use" +
		" Adam.", choices = {
			"", "adam", "muon" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String optimiser;

	@Parameter(label = "Decay of the mean", description = "Decay of the mean of gradients in Adam, at least 0" +
		" and below 1.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String beta1;

	@Parameter(label = "Decay of the squares", description = "Decay of the mean squared gradients in Adam, at" +
		" least 0 and below 1.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String beta2;

	@Parameter(label = "Decay of the average", description = "Decay of the running average of the weights that" +
		" inference uses. 0 uses the weights themselves; below 1.", style = CommandParameter.NUMBER, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String average;

	@Parameter(label = "Supervision", description = "Target of the training: the clean image, a second noisy" +
		" image, or the noisy image itself.", choices = { "", "clean", "noise2noise", "noise2void" }, required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String supervision;

	@Parameter(label = "Augmentation",
		description = "rotations turns pairs by multiples of 90 degrees and mirrors them at random. free uses any" +
		" in-plane rotation, and shifts. Use none if the CTFs of all particles are astigmatic in the same" +
		" direction.",
		choices = { "", "none", "rotations", "free" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String augment;

	@Parameter(label = "Fresh noise", description = "Add new noise to the clean images in every epoch.", choices = {
		"", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String fresh;

	@Parameter(label = "Share without guide", description = "With guide=: fraction of the pairs that the network sees" +
		" without their guide, so that it can do without one.", style = CommandParameter.NUMBER, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private String guidedrop;

	@Parameter(label = "Validation share", description = "Fraction of the pairs that is held out for validation." +
		" It has no effect if pairs are" +
		" simulated from map=; then 300 separate pairs are simulated.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Double validation;

	@Parameter(label = "Seed", description = "Seed for the split, the initial weights, the order of the pairs" +
		" and all other random numbers.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Long seed;

	@Parameter(label = "Device", description = "auto uses a GPU if one is available.", choices = { "",
		"auto", "cpu", "gpu" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String device;

	@Parameter(label = "Precision", description = "Number format of the computation. auto uses bfloat16 if the" +
		" processor supports it, but float32 with gan=wgan. float16 is for GPUs.", choices = { "", "auto", "float32",
		"bfloat16",
			"float16" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private String precision;

	@Parameter(label = "Threads", description = "Number of processor threads, 0 for all. With the same number of" +
		" threads, a training can be repeated bit by bit.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Optimiser"))
	private Integer threads;

	@Parameter(label = "Checkpoint every (min)", description = "Interval between checkpoints. After a crash," +
		" resume= continues from the last one. 0 writes one after each epoch.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Interrupted and long runs"))
	private String checkpoint;

	@Override
	public Map<String, String> defaults() {
		final Map<String, String> defaults = TrainingOptions.fast().toMap();
		defaults.values().removeIf(value -> value.equals(Double.toString(Double.POSITIVE_INFINITY)));
		return defaults;
	}

	@Override
	public Map<String, String> suggestions(final String parameter) {
		return parameter.equals("from") ? ModelNames.all() : Map.of();
	}

	@Override
	public List<String> missingParameters() {
		return files().missing(options().sampling().supervision(), from() != null);
	}

	/** The model file to write; null where none is given. */
	final File model() {
		return model;
	}

	/** The model to adapt, as users call it; null for a new one. */
	final String from() {
		return from == null || from.isBlank() ? null : from.strip();
	}

	/** The user's settings, by the names of the training options, which equal those of the parameters. */
	final Map<String, String> changes() {
		final Map<String, String> changes = CommandParameter.values(this, TrainingOptionsCommand.class);
		changes.keySet().removeAll(List.of("from", "model", "preset"));
		return changes;
	}

	/** The options of a new training. */
	final TrainingOptions options() {
		final Map<String, String> changes = changes();
		files().addDefaults(changes, from() != null);
		final Preset usual = from() == null ? Preset.FAST : Preset.ADAPT;
		return (preset == null ? usual : Preset.named(preset)).options().with(changes);
	}

	/**
	 * Checks that a training that is resumed is not given another preset than it began with.
	 *
	 * @throws ParameterException if it is
	 */
	final void requirePreset(final TrainingOptions begun) {
		final String origin = begun.origin().preset();
		if (preset != null && !List.of(Preset.FAST.label(), origin).contains(preset)) throw new ParameterException(
			"preset=" + preset + " cannot change a training that is resumed: it keeps its options, of preset=" + origin +
				". Leave preset= out, or train a new model.");
	}
}
