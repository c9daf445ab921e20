package io.github.clearice.command.verb;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.evaluate.MapPicture;
import io.github.clearice.evaluate.halves.HalfCurves;
import io.github.clearice.evaluate.halves.HalfTables;
import io.github.clearice.evaluate.halves.ReferenceKind;
import io.github.clearice.evaluate.halves.SplitHalfData;
import io.github.clearice.evaluate.halves.SplitHalfOptions;
import io.github.clearice.evaluate.halves.SplitHalfTest;
import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.simulate.Contaminant;
import io.github.clearice.simulate.Contamination;
import io.github.clearice.simulate.ContaminationType;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.train.options.Preset;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Whether half-sets of denoised particles agree on more than is true. */
@Plugin(type = Command.class, name = "halves", label = "Split-Half Test...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Split-Half Test...", weight = 17) },
	description = "Compares half-maps of particles denoised by one shared model and by a separate" +
	" model for each half-set.")
public final class HalvesCommand extends ClearIceCommand {

	private static final String AUTO = "auto";
	private static final String TSV = "curves.tsv";

	@Parameter(label = "Particles",
		description = "A STAR or .cs file of noisy particles with angles, bright on dark. The half-sets are those" +
		" of rlnRandomSubset, or every other particle.", persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private File star;

	@Parameter(label = "Clean particles",
		description = "The clean images of the same particles, if they are known: an MRC stack.", required = false,
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Particles") })
	private File clean;

	@Parameter(label = "True map", description = "A map or a structure that the reconstructions are compared" +
		" with.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private File map;

	@Parameter(label = "Output folder",
		description = "Folder for curves.tsv, summary.tsv, curves.png, maps.png, the maps, models and denoised" +
		" stacks. The same command continues an interrupted test.",
		style = FileWidget.DIRECTORY_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private File output;

	@Parameter(label = "References", description = "Training targets of the models: the clean images," +
		" projections of the true map, or projections of the map that is reconstructed from the particles of" +
		" each half, which needs no prior knowledge. Default: the first of these that is given.", choices = { "",
		"clean", "map", "halves" }, required =
			false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String references;

	@Parameter(label = "Test particles",
		description = "Number of particles at the end of the stack that are held out from the training, denoised" +
		" and reconstructed. By default, all particles are used for both.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Integer tests;

	@Parameter(label = "Trained models",
		description = "Instead of training: the models trained on all particles, on the first and on the second" +
		" half-set, separated by commas; or only the first of these.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String models;

	@Parameter(label = "Preset", description = "The set of training options to start from.", choices = { "fast", "best",
		"paper",
		"published-code", "su2018", "pix2pix" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String preset = Preset.FAST.label();

	@Parameter(label = "Network", description = "Network, if not that of the preset.", choices = { "", "auto",
		"light", "deep", "residual", "gu2021", "gu2021-256", "convnet", "su2018", "pix2pix" }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String network;

	@Parameter(label = "Pixel loss", description = "Mean absolute (l1) or mean squared (l2) difference.", choices = { "",
		"l1",
		"l2" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String loss;

	@Parameter(label = "Adversarial loss", description = "As in Train Denoiser.", choices = { "", "none", "js", "beta",
		"wgan", "conditional" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String gan;

	@Parameter(label = "Alpha", description = "With gan=beta: -1 to 1.", style = CommandParameter.NUMBER,
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String alpha;

	@Parameter(label = "Beta", description = "With gan=beta: -1 to 1.", style = CommandParameter.NUMBER, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String beta;

	@Parameter(label = "Weight of the pixel loss", description = "Weight relative to the adversarial loss.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String lambda;

	@Parameter(label = "Epochs",
		description = "Number of passes over the training pairs, if not that of the preset.", required = false,
			persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer epochs;

	@Parameter(label = "Batch", description = "Number of pairs per update.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer batch;

	@Parameter(label = "Learning rate", description = "Peak of the learning rate.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Double rate;

	@Parameter(label = "Augmentation", description = "As in Train Denoiser. Use none if the CTFs of all particles are" +
		" astigmatic in the same direction.", choices = { "", "none", "rotations", "free" }, required = false,
		persist = false, attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String augment;

	@Parameter(label = "Seed", description = "Seed of the trainings and the contamination.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Long seed = 1L;

	@Parameter(label = "Contamination",
		description = "What is replaced in a fraction of the training pairs: A the reference, B the noisy image, C" +
		" both. The particles that are denoised are not changed.", choices = { "", "A", "B", "C" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Contamination"))
	private String contamination;

	@Parameter(label = "Contaminated share", description = "With contamination=: fraction of the training pairs," +
		" at least 0 and below 1.",
		style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Contamination"))
	private String fraction;

	@Parameter(label = "Contaminant", description = "The replacement, as in Contamination Test.", choices = {
		"gaussian", "uniform", "ice", "carbon", "neighbour", "empty", "shuffled" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Contamination"))
	private String contaminant = Contaminant.GAUSSIAN.label();

	@Parameter(label = "CTF", description = "The noisy particles have the CTFs of the STAR file. auto: true if" +
		" it lists defoci.", choices = { AUTO, "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String ctf = AUTO;

	@Parameter(label = "Clean with CTF",
		description = "Keep the CTFs in the training targets, and so in the denoised particles. They are then" +
		" corrected in the reconstructions.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Boolean keepctf = false;

	@Parameter(label = "Symmetry", description = "Point group of the particle: Cn, Dn, T, O, I, I1, I2, I3 or I4.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String symmetry = "C1";

	@Parameter(label = "Device", description = "auto uses a GPU if one is available.", choices = {
		AUTO, "cpu", "gpu" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String device = AUTO;

	@Parameter(label = "Precision",
		description = "Number format of the computation. auto uses bfloat16 if the processor supports it. float16" +
		" is for GPUs.", choices = { AUTO, "float32", "bfloat16", "float16" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String precision = AUTO;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private File project;

	@Override
	public Map<String, String> defaults() {
		return Map.of("epochs", "that of the preset", "fraction", "0.1 with contamination=", "tests", "none");
	}

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected String remedy() {
		return CONTINUES;
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path particles = existing(star, "star"), folder = required(output, "output");
		TensorFlowRuntime.requirePlatform();
		final List<Path> trained = models == null || models.isBlank() ? List.of() : existing(models, "models");
		AtomicOutput.requireWritable(folder.resolve(TSV));
		try (ParticleStack noisy = Stacks.open(particles, null, project, listener);
			ParticleStack truth = clean == null ? null : Stacks.open(existing(clean, "clean"), null, project, listener))
		{
			final Volume volume = map == null ? null : new MapSource(noisy.box(), pixel(noisy), null, AtomSelection.ALL,
				false).read(existing(map, "map"), listener);
			final List<HalfCurves> curves = new SplitHalfTest(new SplitHalfData(noisy, truth, volume), options(noisy),
				trained, folder, model -> Denoisers.ofModel(model, device, precision, ModelDenoiser.Options.PLAIN, listener),
					TrainingReporter.of(
					listener)).run();
			HalfTables.writeCurves(folder.resolve(TSV), curves);
			HalfTables.writeSummary(folder.resolve("summary.tsv"), curves);
			Desktop.get().plots().writeHalves(folder.resolve("curves.png"), curves);
			MapPicture.write(folder.resolve("maps.png"), maps(folder, volume, curves, listener));
			report(curves.stream().map(HalfCurves::describe).collect(Collectors.joining("\n")) +
				"\nTables, plot and maps are in " + folder + ".");
		}
	}

	private static Double pixel(final ParticleStack noisy) {
		return Double.isNaN(noisy.pixelSizeAngstrom()) ? null : noisy.pixelSizeAngstrom();
	}

	/** The maps as they lie in the folder, the truth first. */
	private static Map<String, Volume> maps(final Path folder, final Volume truth, final List<HalfCurves> curves,
		final TaskListener listener)
	{
		final Map<String, Volume> maps = new LinkedHashMap<>();
		if (truth != null) maps.put("truth", truth);
		for (final HalfCurves one : curves) maps.put(one.name(), Denoisers.map(folder.resolve(one.name() +
			SplitHalfTest.MAP), Double.NaN, listener));
		return maps;
	}

	private SplitHalfOptions options(final ParticleStack noisy) {
		return new SplitHalfOptions(training(), kind(), contaminated(), tests == null ? 0 : tests, AUTO.equals(ctf)
			? PoseMatching.listsCtfs(noisy) : Boolean.parseBoolean(ctf), keepctf, PointGroup.of(symmetry));
	}

	private ReferenceKind kind() {
		if (references != null && !references.isBlank()) return ReferenceKind.valueOf(references.toUpperCase(Locale.ROOT));
		return clean != null ? ReferenceKind.CLEAN : map != null ? ReferenceKind.MAP : ReferenceKind.HALVES;
	}

	private Contamination contaminated() {
		final boolean none = contamination == null || contamination.isBlank();
		if (none && fraction != null && !fraction.isBlank()) throw new ParameterException(
			"fraction= goes with contamination=. Give what is replaced (contamination=A, B or C), or leave it out.");
		return none ? null : new Contamination(ContaminationType.named(contamination), Contaminant.named(contaminant),
			share(), seed);
	}

	private double share() {
		if (fraction == null || fraction.isBlank()) return 0.1;
		try {
			return Double.parseDouble(fraction);
		}
		catch (final NumberFormatException e) {
			throw new ParameterException("fraction=" + fraction + " is not a number. Give a share such as 0.1.");
		}
	}

	private TrainingOptions training() {
		final Map<String, Object> given = new LinkedHashMap<>();
		given.put("network", network);
		given.put("loss", loss);
		given.put("gan", gan);
		given.put("alpha", alpha);
		given.put("beta", beta);
		given.put("lambda", lambda);
		given.put("epochs", epochs);
		given.put("batch", batch);
		given.put("augment", augment);
		given.put("rate", rate);
		given.put("seed", seed);
		given.put("device", device);
		given.put("precision", precision);
		final Map<String, String> changes = new LinkedHashMap<>();
		given.forEach((name, value) -> {
			final String text = value == null ? "" : String.valueOf(value).trim();
			if (!text.isEmpty()) changes.put(name, text);
		});
		return Preset.named(preset).options().with(changes);
	}
}
