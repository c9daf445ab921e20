package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.evaluate.trust.TrustReport;
import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Tests where the results of a model can be trusted. */
@Plugin(type = Command.class, name = "trust", label = "Trust Report...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Trust Report...", weight = 10) },
	description = "Tests where the results of a model can be trusted, and writes a report with pictures.")
public final class TrustCommand extends WritingCommand {

	/** The prefix of the keys of numbers in a model card. */
	private static final String KEY = "trust-";

	private static final String PAGE = "trust.html";
	private static final String TABLE = "trust.tsv";

	@Parameter(label = "Model file", description = "The model to test. The results are also stored in it." +
		" Or the name of a method that needs no model file, such as cwf.", persist = false)
	private File model;

	@Parameter(label = "Noisy stack",
		description = "Particles that were not used in the training: an MRC stack, or a STAR or .cs file.", persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE))
	private File noisy;

	@Parameter(label = "Clean stack",
		description = "The clean images of the same particles.", persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE))
	private File clean;

	@Parameter(label = "Output folder", description = "Folder for trust.html and trust.tsv.",
		style = FileWidget.DIRECTORY_STYLE, persist = false)
	private File output;

	@Parameter(label = "Training images", description = "The clean stack of the training, to test whether the" +
		" model is better on it.", required = false, persist = false)
	private File training;

	@Parameter(label = "Noisy training images",
		description = "The noisy stack of the training, in the order of training=, to test whether the model has" +
		" memorised these images.", required = false, persist = false)
	private File trainingnoisy;

	@Parameter(label = "Other models",
		description = "Models from the same training with other seeds, separated by commas, to test whether they" +
		" agree.",
		required = false, persist = false)
	private String others;

	@Parameter(label = "Noisy stack with a factor",
		description = "The same particles in the same views with a bound factor that the model has not " +
		"seen, to test whether the results show it.", required = false, persist = false, attrs = @Attr(
				name = CommandParameter.IMAGE))
	private File boundnoisy;

	@Parameter(label = "Clean stack with the factor", description = "The clean images of these particles.",
		required = false,
		persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File boundclean;

	@Parameter(label = "Map",
		description = "An MRC volume with the box and pixel size of the particles, to test whether the results" +
		" show the right view.", required = false, persist = false, attrs = @Attr(
				name = CommandParameter.IMAGE))
	private File map;

	@Parameter(label = "Symmetry", description = "Point group of the map. Equivalent views count as one.",
		required = false, persist = false)
	private String symmetry = "C1";

	@Parameter(label = "Seed", description = "Seed of the random noise.", required = false, persist = false)
	private Long seed = 1L;

	@Parameter(label = "Device", description = "auto uses a GPU if one is available.", choices = {
		"auto", "cpu", "gpu" }, required = false, persist = false)
	private String device = "auto";

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Override
	protected void present() {
		Desktop.get().table(TextFile.lines(output.toPath().resolve(TABLE)));
		if (isInteractive()) Desktop.get().page(output.toPath().resolve(PAGE));
	}

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected List<Path> outputs() {
		return inFolder(output, PAGE, TABLE);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final String method = method();
		final Path asked = method == null ? existing(model, "model") : null, folder = required(output, "output");
		final Path page = folder.resolve(PAGE), table = folder.resolve(TABLE);
		if ((boundnoisy == null) != (boundclean == null)) throw new ParameterException(
			"boundnoisy= and boundclean= go together. Give both, or none.");
		if (trainingnoisy != null && training == null) throw new ParameterException(
			"trainingnoisy= goes with training=, the clean images of the same particles. Give both.");
		final PointGroup group = PointGroup.of(symmetry);
		AtomicOutput.requireWritable(page);
		final List<Denoiser> more = new ArrayList<>();
		try (ParticlePairs pairs = Stacks.openPairs(existing(noisy, "noisy"), existing(clean, "clean"), project, listener);
			Denoiser denoiser = method == null ? open(asked, TrustReport.asked(pairs.noisy()), listener) : FilterParameters
				.defaults().denoiser(method, TrustReport.asked(pairs.noisy())))
		{
			final TrustReport report = new TrustReport(pairs, denoiser, seed, listener);
			if (training != null) addTraining(report, listener);
			if (map != null) report.withMap(Denoisers.map(existing(map, "map"), pairs.pixelSizeAngstrom(), listener), group);
			if (others != null && !others.isBlank()) {
				for (final Path other : existing(others, "others")) more.add(open(other, TrustReport
					.asked(pairs.noisy()), listener));
				report.withOthers(more);
			}
			if (boundnoisy != null) try (ParticlePairs bound = Stacks.openPairs(existing(boundnoisy, "boundnoisy"), existing(
				boundclean, "boundclean"), project, listener))
			{
				report.withFactor(bound);
			}
			final List<TrustFinding> findings = report.run();
			Desktop.get().plots().writeTrust(page, method == null ? asked.getFileName().toString() : method,
				"Asked with " + pairs.noisy().name() + " and " + pairs.clean().name() + ", " + pairs.size() + " particles of " +
					pairs.box() + " pixels.", report.box(), report.pixelSizeAngstrom(), findings);
			TrustTable.write(table, findings);
			if (method == null) keep(asked, findings);
			report(summary(findings, page));
		}
		finally {
			more.forEach(Denoiser::close);
		}
	}

	private void addTraining(final TrustReport report, final TaskListener listener) {
		try (ParticleStack images = Stacks.open(existing(training, "training"), null, project, listener);
			ParticleStack known = trainingnoisy == null ? null : Stacks.open(existing(trainingnoisy, "trainingnoisy"), null,
				project, listener))
		{
			report.withTraining(images, known);
		}
	}

	/** The method that is asked, or null where it is a model file; a low-pass filter would need its resolution. */
	private String method() {
		final String name = model == null ? "" : model.getPath();
		return FilterParameters.methods().contains(name) && !name.equals(FilterParameters.LOWPASS) && !model.exists() ? name
			: null;
	}

	private Denoiser open(final Path file, final ParticleStack particles, final TaskListener listener) {
		final ModelDenoiser opened = Denoisers.ofModel(file, device, "auto", ModelDenoiser.Options.PLAIN, listener);
		return opened.isGuided() ? Denoisers.fitted(opened, FilterParameters.defaults(), particles, listener) : opened;
	}

	/** Puts the numbers into the model's card. */
	private static void keep(final Path file, final List<TrustFinding> findings) {
		final ModelFile before = ModelFile.read(file);
		final ModelCard card = before.card();
		final Map<String, Double> metrics = new LinkedHashMap<>(card.metrics());
		for (final TrustFinding finding : findings) metrics.put(KEY + finding.name(), finding.value());
		before.withTrust(metrics, TrustTable.text(findings)).write(file);
	}

	private static String summary(final List<TrustFinding> findings, final Path page) {
		final StringBuilder text = new StringBuilder();
		for (final TrustFinding finding : findings)
			text.append(String.format("%-10s %-7s %8s (limit %s)  %s%n", finding.name(), !finding.isTest() ? "noted" : finding
				.passed() ? "passed" : "FAILED", TrustFinding.number(finding.value()), TrustFinding.number(finding.limit()),
					finding
					.question() + (finding.isTest() ? "" : " It " + finding.verdict() + ".")));
		return text.append(page).append(" says what it means.").toString();
	}
}
