package io.github.clearice.command.verb;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.Plots;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.evaluate.contamination.ContaminationStudy;
import io.github.clearice.evaluate.contamination.StudyMethod;
import io.github.clearice.evaluate.contamination.StudyOptions;
import io.github.clearice.evaluate.contamination.StudyScores;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reproduce.LinePlot;
import io.github.clearice.simulate.Contaminant;
import io.github.clearice.simulate.ContaminationType;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.train.options.Preset;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Trains on partly wrong pairs and tests on right ones. */
@Plugin(type = Command.class, name = "contamination", label = "Contamination Test...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Contamination Test...", weight = 9) },
	description = "Tests how robust training losses are when a fraction of the training pairs is wrong.")
public final class ContaminationCommand extends ClearIceCommand {

	private static final String TABLE = "table.tsv";

	@Parameter(label = "Noisy stack",
		description = "Particles for training and testing: an MRC stack, or a STAR or .cs file.", persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE))
	private File noisy;

	@Parameter(label = "Clean stack", description = "The clean images of the same particles.", persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE))
	private File clean;

	@Parameter(label = "Output folder",
		description = "Folder for table.tsv, tests.tsv, plots, and a table for each training. The same command" +
		" continues an interrupted test.", style = FileWidget.DIRECTORY_STYLE, persist = false)
	private File output;

	@Parameter(label = "Types",
		description = "What is replaced, separated by commas: A the reference, B the noisy image, C both.",
			required = false,
		persist = false)
	private String types = "A,B,C";

	@Parameter(label = "Fractions",
		description = "Fractions of the training pairs that are replaced, separated by commas, each at least 0 and" +
		" below 1.",
		required = false, persist = false)
	private String fractions = "0,0.1,0.2,0.3";

	@Parameter(label = "Contaminant",
		description = "The replacement: Gaussian noise, as in Gu et al. 2021, or uniform noise, as in their code;" +
		" ice crystals, the edge of a carbon film, a neighbouring particle, or empty ice; or the image of" +
		" another particle (shuffled).", choices = { "gaussian", "uniform", "ice", "carbon", "neighbour",
				"empty", "shuffled" }, required = false, persist = false)
	private String contaminant = Contaminant.GAUSSIAN.label();

	@Parameter(label = "Methods",
		description = "Trainings to compare, separated by commas: autoencoders with the losses l1 and l2; GANs js," +
		" wgan, and beta with a number (beta0.5 is the (.5, .5)-GAN), each with an additional l1 loss; with -parity at" +
			" the" +
		" end, both of a GAN's losses pull alike.", required = false,
		persist = false)
	private String methods = StudyMethod.USUAL;

	@Parameter(label = "Seeds", description = "Number of trainings of each kind.", min = "1", required = false,
		persist = false)
	private Integer seeds = 3;

	@Parameter(label = "Seed", description = "Seed of the first training and its contamination. Further" +
		" trainings use the numbers that follow.",
		required = false, persist = false)
	private Long seed = 1L;

	@Parameter(label = "Test pairs",
		description = "Number of pairs at the end of the stacks that are held out for testing.",
		required = false, persist = false)
	private Integer tests;

	@Parameter(label = "Preset", description = "The set of training options to start from.", choices = { "fast", "best",
		"paper",
		"published-code" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String preset = Preset.FAST.label();

	@Parameter(label = "Network", description = "Network, if not that of the preset.", choices = { "", "auto",
		"light", "deep", "residual", "gu2021", "gu2021-256", "convnet" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String network;

	@Parameter(label = "Epochs", description = "Number of passes over the training pairs, if not that of the" +
		" preset.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer epochs;

	@Parameter(label = "Batch", description = "Pairs per update, if not those of the preset.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer batch;

	@Parameter(label = "Learning rate", description = "The peak rate, if not that of the preset.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Double rate;

	@Parameter(label = "Augmentation", description = "As in Train Denoiser. Use none if the CTFs of all particles are" +
		" astigmatic in the same direction.", choices = { "", "none", "rotations", "free" }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String augment;

	@Parameter(label = "Device", description = "auto uses a GPU if one is available.", choices = {
		"auto", "cpu", "gpu" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String device = "auto";

	@Parameter(label = "Precision",
		description = "Number format of the computation. auto uses bfloat16 if the processor supports it. float16" +
		" is for GPUs.", choices = { "auto", "float32", "bfloat16", "float16" }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private String precision = "auto";

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Override
	public Map<String, String> defaults() {
		return Map.of("epochs", "that of the preset", "tests", "a fifth");
	}

	@Override
	protected void present() {
		final Path table = output.toPath().resolve(TABLE);
		Desktop.get().table(TextFile.lines(table));
		final List<StudyScores.Row> rows = StudyScores.readRows(table);
		for (final ContaminationType type : list(types, ContaminationType::named)) {
			show(errors(rows, type).image());
			show(peaks(rows, type).image());
		}
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
		final Path folder = required(output, "output"), table = folder.resolve(TABLE);
		TensorFlowRuntime.requirePlatform();
		final List<Path> stacks = List.of(existing(noisy, "noisy"), existing(clean, "clean"));
		AtomicOutput.requireWritable(table);
		try (ParticlePairs pairs = Stacks.openPairs(stacks.get(0), stacks.get(1), project, listener)) {
			final StudyOptions options = options(tests == null ? Math.max(1, pairs.size() / 5) : tests);
			final StudyScores scores = new ContaminationStudy(pairs, options, folder, model -> Denoisers.ofModel(model,
				device, precision, ModelDenoiser.Options.PLAIN, listener), MrcParticleStack::open,
					TrainingReporter.of(listener)).run();
			scores.write(table, folder.resolve("tests.tsv"));
			for (final ContaminationType type : options.types()) {
				errors(scores.rows(), type).write(folder.resolve("mse-" + type + ".png"));
				peaks(scores.rows(), type).write(folder.resolve("psnr-" + type + ".png"));
			}
			report(scores.format() + "\nTables and plots are in " + folder + ".");
		}
	}

	private static Plots.Plot errors(final List<StudyScores.Row> rows, final ContaminationType type) {
		return plot(rows, type, "mean squared error", StudyScores.Row::meanSquaredError);
	}

	private static Plots.Plot peaks(final List<StudyScores.Row> rows, final ContaminationType type) {
		return plot(rows, type, "PSNR (dB)", StudyScores.Row::peakSignalToNoise);
	}

	/**
	 * A score against the contaminated fraction, one line per method with error bars, as Fig. 3 e to g of Gu et al. 2021.
	 */
	private static Plots.Plot plot(final List<StudyScores.Row> all, final ContaminationType type, final String label,
		final Function<StudyScores.Row, StudyScores.Score> score)
	{
		final List<StudyScores.Row> rows = all.stream().filter(row -> row.type() == type).toList();
		final List<LinePlot.Series> curves = new ArrayList<>();
		for (final StudyMethod method : rows.stream().map(StudyScores.Row::method).distinct().toList()) {
			final List<StudyScores.Row> line = rows.stream().filter(row -> row.method().equals(method)).toList();
			curves.add(new LinePlot.Series(method.label(), line.stream().mapToDouble(StudyScores.Row::fraction).toArray(),
				line.stream().mapToDouble(row -> score.apply(row).mean()).toArray(), line.stream().mapToDouble(row -> score
					.apply(row).deviation()).toArray()));
		}
		return Desktop.get().plots().curves("Contamination " + type + ", " + label,
			"contaminated fraction of the training pairs (type " + type + ")", label, curves);
	}

	private StudyOptions options(final int tested) {
		final Map<String, String> changes = new LinkedHashMap<>(Map.of("device", device, "precision", precision));
		if (network != null && !network.isBlank()) changes.put("network", network);
		if (epochs != null) changes.put("epochs", epochs.toString());
		if (batch != null) changes.put("batch", batch.toString());
		if (rate != null) changes.put("rate", rate.toString());
		if (augment != null && !augment.isBlank()) changes.put("augment", augment);
		final TrainingOptions training = Preset.named(preset).options().with(changes);
		return new StudyOptions(list(methods, StudyMethod::named), list(types, ContaminationType::named), list(fractions,
			ContaminationCommand::fraction), Contaminant.named(contaminant), seeds, seed, tested, training);
	}

	private static <T> List<T> list(final String joined, final Function<String, T> reader) {
		return Arrays.stream(joined.split(",")).map(String::trim).filter(part -> !part.isEmpty()).map(reader).toList();
	}

	private static double fraction(final String text) {
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new ParameterException("fractions= holds " + text + ", which is not a number. Give numbers such as" +
				" 0,0.1,0.2.");
		}
	}
}
