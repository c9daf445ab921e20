package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Report.Page;
import io.github.clearice.reproduce.Report.StepLog;
import io.github.clearice.reproduce.Report.Summary;
import io.github.clearice.task.DurationText;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs experiments step by step. Each has a folder of its own; a step that is finished there is not run again.
 */
public final class ExperimentRun {

	private static final String SETTINGS = "experiment.tsv";
	private static final String FINDINGS = "findings.tsv";

	private final List<Experiment> experiments;
	private final ExperimentSize size;
	private final RunContext root;
	private final TaskListener listener;

	/**
	 * @param name of an experiment, or {@link Experiments#ALL}
	 * @param root whose folder receives a folder for each experiment
	 * @throws ParameterException if there is no such experiment, a structure is missing, or a folder holds a run of
	 *           another size or with other particles
	 */
	public ExperimentRun(final String name, final ExperimentSize size, final RunContext root,
		final TaskListener listener)
	{
		this(Experiments.named(name), size, root, listener);
	}

	/**
	 * With refined particles of the user's.
	 *
	 * @throws ParameterException as above, or if the experiment has no use for them
	 */
	public ExperimentRun(final String name, final RefinedSet particles, final ExperimentSize size, final RunContext root,
		final TaskListener listener)
	{
		this(Experiments.named(name).stream().map(experiment -> experiment.on(particles)).toList(), size, root, listener);
	}

	/**
	 * With a trained model in the place of one that an experiment trains.
	 *
	 * @param model as verbs take it: a file, or a name
	 * @throws ParameterException as above, or if the experiment is not about one model
	 */
	public ExperimentRun(final String name, final String model, final ExperimentSize size, final RunContext root,
		final TaskListener listener)
	{
		this(Experiments.named(name).stream().map(experiment -> experiment.testing(model)).toList(), size, root, listener);
	}

	private ExperimentRun(final List<Experiment> experiments, final ExperimentSize size, final RunContext root,
		final TaskListener listener)
	{
		this.experiments = experiments;
		this.size = size;
		this.root = root;
		this.listener = listener;
		experiments.forEach(this::requireSame);
		root.requireStructures(experiments.stream().flatMap(experiment -> experiment.steps(size).stream()).map(
			Step::parameters).toList());
	}

	/** Runs the unfinished experiments, writes a page for each experiment and one for all, and returns their findings. */
	public String run() {
		if (Machines.current().writes()) plan();
		// The steps of one experiment need each other's results.
		Machines.current().run(Steps.units("Experiments", experiments.size()), (first, end, done) -> {
			experiments.subList(first, end).forEach(this::run);
			return end;
		}, end -> {}, listener);
		final String summary = Summary.of(root.folder());
		TextFile.write(root.file("summary.md"), summary);
		return summary;
	}

	private RunContext context(final Experiment experiment) {
		return new RunContext(root.file(experiment.name()), root.structures(), root.verbs(), root.plots());
	}

	private void requireSame(final Experiment experiment) {
		final Path settings = context(experiment).file(SETTINGS);
		if (!Files.exists(settings)) return;
		final List<TsvTable.Row> rows = TsvTable.read(settings).rows();
		if (rows.isEmpty()) return;
		final TsvTable.Row before = rows.get(0);
		final String parameters = before.cells().getOrDefault("parameters", experiment.parameters());
		if (!before.text("size").equals(size.label()) || !parameters.equals(experiment.parameters()))
			throw new ParameterException(settings.getParent() + " holds " + experiment.name() + " with size=" + before.text(
				"size") + parameters + ". Give the same to continue it, or another output= for a new one.");
	}

	private void plan() {
		double seconds = 0;
		final List<String> lines = new ArrayList<>();
		// To measure this machine takes longer than many a small experiment.
		final double stretch = isFinished() || size == ExperimentSize.SMOKE ? 1 : Machines.alone(RuntimeEstimate::stretch);
		for (final Experiment experiment : experiments) {
			final StepLog log = new StepLog(context(experiment).folder());
			final List<Step> steps = experiment.steps(size), open = steps.stream().filter(step -> !log.isFinished(step))
				.toList();
			final double own = stretch * open.stream().mapToDouble(Step::seconds).sum();
			seconds += own;
			lines.add(String.format(Locale.ROOT, "%s: %d steps, %d of them finished, about %s", experiment.name(), steps
				.size(), steps.size() - open.size(), DurationText.of(own)));
		}
		for (final String line : lines) listener.message(line);
		listener.message("Together about " + DurationText.of(seconds) +
			" on this machine. A stop or a crash loses the step that runs at most; the same command continues from there.");
	}

	private boolean isFinished() {
		return experiments.stream().allMatch(experiment -> {
			final StepLog log = new StepLog(context(experiment).folder());
			return experiment.steps(size).stream().allMatch(log::isFinished);
		});
	}

	private void run(final Experiment experiment) {
		final RunContext context = context(experiment);
		TextFile.write(context.file(SETTINGS), TabSeparated.line("name", "size", "parameters") + TabSeparated.line(
			experiment.name(), size.label(), experiment.parameters()));
		final StepLog log = new StepLog(context.folder());
		final List<Step> steps = experiment.steps(size);
		for (final Step step : steps) {
			if (log.isFinished(step)) continue;
			listener.checkCancelled("Experiment");
			listener.message(String.format("%s, step %d of %d: %s", experiment.name(), steps.indexOf(step) + 1, steps.size(),
				step.shown(context)));
			final long start = System.nanoTime();
			step.run(context, listener);
			// A training that is stopped keeps its model and returns, but the experiment needs a finished one.
			listener.checkCancelled("Experiment");
			log.finish(step, (System.nanoTime() - start) / 1e9);
		}
		final Report report = new Report(context, experiment.name());
		try {
			experiment.conclude(size, report);
		}
		catch (final InputException e) {
			throw new InputException(e.getMessage() + " To repeat that step, take its line out of " + log.file() +
				" and give the same command again.", e);
		}
		TextFile.write(context.file(FINDINGS), Summary.table(experiment, size, report.findings(size)));
		TextFile.write(context.file(experiment.name() + ".md"), Page.of(experiment, size, report, steps, log));
	}
}
