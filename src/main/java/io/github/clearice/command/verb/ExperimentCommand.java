package io.github.clearice.command.verb;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.ExperimentRun;
import io.github.clearice.reproduce.Experiments;
import io.github.clearice.reproduce.RefinedSet;
import io.github.clearice.reproduce.RunContext;
import io.github.clearice.reproduce.RunContext.VerbRunner;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Repeats an experiment of the papers. */
@Plugin(type = Command.class, name = "experiment", label = "Reproduce Published Figures...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Reproduce Published Figures...", weight = 18) },
	description = "Repeats a figure or table of Su et al. 2018 or Gu et al. 2021 and reports which" +
	" results are confirmed.")
public final class ExperimentCommand extends ClearIceCommand {

	@Parameter(label = "Experiment",
		description = "Name of an experiment from the list, or all. Names from Su et al. 2018 begin with su, those" +
		" from Gu et al. 2021 with gu; general-model makes the general model anew," +
		" general-micrographs tests it on micrographs.", persist = false)
	private String name;

	@Parameter(label = "Size",
		description = "smoke shows within two minutes that everything runs. desk is for a computer with two cores" +
		" and takes at most a night. full is the size of the paper, for a GPU.", choices = { "smoke", "desk", "full" },
		required = false,
		persist = false)
	private String size = ExperimentSize.SMOKE.label();

	@Parameter(label = "Structures",
		description = "Folder with the files from the Protein Data Bank, named by their codes, such as" +
		" 1wcm.cif.gz. Missing files are listed.", style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File structures;

	@Parameter(label = "Refined particles",
		description = "For su-refined-poses and gu-real-particles: a STAR or .cs file with angles and CTFs. With" +
			" map=, its particles are used for training; without map=, particles are " +
			"simulated with its poses and CTFs. Without star=, poses and CTFs are random.", required = false, persist = false)
	private File star;

	@Parameter(label = "Map",
		description = "With star=: the MRC map that the particles were refined with, with their box and pixel size.",
		required = false, persist = false)
	private File map;

	@Parameter(label = "Symmetry", description = "With star= and map=: point group of the map.", required = false,
		persist = false)
	private String symmetry = "C1";

	@Parameter(label = "Model", description = "For general-model: a trained model that is tested, instead of one that" +
		" the experiment trains: general for the one that comes with ClearIce, a model file (.clearice), or the name of a" +
		" shared model.", required = false, persist = false)
	private String model;

	@Parameter(label = "Output folder",
		description = "Folder for summary.md and a folder with the page of each experiment. The same command" +
		" continues an interrupted run.", style = FileWidget.DIRECTORY_STYLE, persist = false)
	private File output;

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected String remedy() {
		return CONTINUES;
	}

	@Override
	public Map<String, String> suggestions(final String parameter) {
		if ("model".equals(parameter)) return ModelNames.all();
		final Map<String, String> names = new LinkedHashMap<>();
		if (!"name".equals(parameter)) return names;
		for (final String name : Experiments.names()) names.put(name, "");
		names.put(Experiments.ALL, "one after the other");
		return names;
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path folder = required(output, "output");
		AtomicOutput.requireWritable(folder.resolve("summary.md"));
		final Path given = structures == null || structures.getPath().isBlank() ? null : existing(structures, "structures");
		final RunContext bench = new RunContext(folder, given, ExperimentCommand::run, Desktop.get().plots());
		report(run(bench, listener).run());
	}

	/** Does the work of a verb, which continues with its own files. */
	private static void run(final VerbRunner.Call call, final TaskListener listener) {
		final ClearIceCommand command = Commands.verbs().get(call.verb()).create();
		command.set(call.parameters());
		command.performPart(listener);
	}

	private ExperimentRun run(final RunContext bench, final TaskListener listener) {
		final String which = required(name, "name");
		final ExperimentSize much = ExperimentSize.named(size);
		final boolean given = model != null && !model.isBlank();
		if (star == null && map == null && !given) return new ExperimentRun(which, much, bench, listener);
		if (given) {
			if (star != null || map != null) throw new ParameterException(
				"model= and star= or map= are for different experiments. Leave one of them out.");
			// A model that is not there is found out now, not after an hour.
			ModelNames.read(model);
			return new ExperimentRun(which, model.strip(), much, bench, listener);
		}
		return new ExperimentRun(which, new RefinedSet(star == null ? null : existing(star, "star"), map == null ? null
			: existing(map, "map"), symmetry), much, bench, listener);
	}
}
