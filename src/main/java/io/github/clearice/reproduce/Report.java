package io.github.clearice.reproduce;

import io.github.clearice.evaluate.MethodTable;
import io.github.clearice.evaluate.Montage;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.DurationText;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of an experiment, in Markdown, with its findings. */
final class Report {

	private final RunContext context;
	private final String name;
	private final StringBuilder text = new StringBuilder();
	private final List<Finding> findings = new ArrayList<>();

	/** @param name with which the names of pictures begin */
	Report(final RunContext context, final String name) {
		this.context = context;
		this.name = name;
	}

	RunContext context() {
		return context;
	}

	Report heading(final String heading) {
		text.append("\n## ").append(heading).append('\n');
		return this;
	}

	Report paragraph(final String paragraph) {
		text.append('\n').append(paragraph).append('\n');
		return this;
	}

	/** @param rows the first holds the headings */
	Report table(final List<List<String>> rows) {
		text.append('\n');
		for (int r = 0; r < rows.size(); r++) {
			text.append("| ").append(String.join(" | ", rows.get(r))).append(" |\n");
			if (r == 0) text.append("|---".repeat(rows.get(0).size())).append("|\n");
		}
		return this;
	}

	/** A table as a file of the run, tab-separated. */
	Report file(final String file, final List<List<String>> rows) {
		final StringBuilder table = new StringBuilder();
		for (final List<String> row : rows) table.append(TabSeparated.line(row));
		TextFile.write(context.file(file), table.toString());
		return this;
	}

	/** A picture among the run's files. */
	Report picture(final String file, final String caption) {
		final String own = name + "-" + file.replace('/', '-');
		final Path source = context.file(file);
		if (!own.equals(file)) try (AtomicOutput output = new AtomicOutput(context.file(own)); InputStream in = Files
			.newInputStream(source); OutputStream out = Files.newOutputStream(output.temporary()))
		{
			in.transferTo(out);
			output.commit();
		}
		catch (final IOException e) {
			throw OutputException.of(context.file(own), e);
		}
		text.append("\n![").append(caption).append("](").append(own).append(")\n\n*").append(caption).append("*\n");
		return this;
	}

	/** Curves as a picture. */
	Report plot(final String file, final String across, final String upwards, final String caption,
		final List<LinePlot.Series> curves)
	{
		final String own = name + "-" + file;
		context.plots().write(context.file(own), across, upwards, curves);
		text.append("\n![").append(caption).append("](").append(own).append(")\n\n*").append(caption).append("*\n");
		return this;
	}

	Report finding(final Finding finding) {
		findings.add(finding);
		return this;
	}

	String text() {
		return text.toString();
	}

	/** The findings; a smoke run decides none of them. */
	List<Finding> findings(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? findings.stream().map(Finding::undecided).toList() : List.copyOf(findings);
	}

	/**
	 * The finding of an experiment about a claim of its paper.
	 *
	 * @param claim of the paper, shortened
	 * @param number that was found, in short
	 * @param certainty on how much it rests, in short
	 * @param found here, with figures and intervals
	 * @param power what the same test finds where the answer is known, and the smallest difference that it sees
	 * @param decides what would decide the claim; empty where it is decided
	 */
	public record Finding(String claim, Verdict verdict, String number, String certainty, String found, String power,
		String decides)
	{

		/** Whether a claim holds. */
		public enum Verdict {

			HOLDS, FAILS, OPEN;

			/** In words. */
			String words() {
				return switch (this) {
					case HOLDS -> "holds";
					case FAILS -> "does not hold";
					case OPEN -> "cannot be decided at this size";
				};
			}
		}

		/** A claim that this size cannot decide, whatever it measures. */
		static Finding open(final String claim, final String found, final String decides) {
			return new Finding(claim, Verdict.OPEN, "-", "-", found, "", decides);
		}

		Finding undecided() {
			return new Finding(claim, Verdict.OPEN, number, certainty, found, power, "A larger size=.");
		}

		/** The finding for a page, after its claim and verdict. */
		String text() {
			return found + (power.isEmpty() ? "" : " Power: " + power + ".") + (decides.isEmpty() ? ""
				: " What would decide it: " + decides);
		}

		/** A number with so many decimals. */
		static String number(final double value, final int decimals) {
			return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
		}
	}

	/** Joins the results of an experiment to a page. */
	static final class Page {

		private Page() {}

		static String of(final Experiment experiment, final ExperimentSize size, final Report report,
			final List<Step> steps,
			final StepLog log)
		{
			final StringBuilder page = new StringBuilder("# " + experiment.title() + "\n\n*" + experiment.source() +
				"; size=" +
				size.label() + "*\n\n" + experiment.account(size).strip() + "\n");
			if (size == ExperimentSize.SMOKE) page.append(
				"\n**size=smoke only shows that everything runs: its figures mean nothing.**\n");
			page.append("\n## What the paper says, and what was found\n");
			for (final Finding finding : report.findings(size)) {
				page.append("\n- *").append(finding.claim()).append("* — **").append(finding.verdict().words()).append(".** ")
					.append(finding.text());
			}
			page.append('\n').append(report.text());
			page.append("\n## How to repeat it\n\n    clearice experiment name=").append(experiment.name()).append(" size=")
				.append(size.label()).append(experiment.parameters()).append(
					" output=experiments\n\nruns these lines, which took ").append(DurationText.of(log.total())).append(
						" together, and writes this page:\n\n```\n");
			for (final Step step : steps)
				page.append(step.shown(report.context())).append('\n');
			return page.append("```\n").toString();
		}
	}

	/** Which steps of a run are finished, and how long each took. */
	static final class StepLog {

		private static final String HEADINGS = TabSeparated.line("seconds", "line");

		private final Path file;
		private final Map<String, Double> seconds = new LinkedHashMap<>();

		StepLog(final Path folder) {
			file = folder.resolve("steps.tsv");
			if (Files.exists(file)) for (final TsvTable.Row row : TsvTable.read(file).rows()) seconds.put(row.text("line"),
				row
				.number("seconds"));
		}

		/** The table that it is kept in. */
		Path file() {
			return file;
		}

		boolean isFinished(final Step step) {
			return seconds.containsKey(step.line());
		}

		/** Seconds of all finished steps. */
		double total() {
			return seconds.values().stream().mapToDouble(value -> value).sum();
		}

		void finish(final Step step, final double tookSeconds) {
			seconds.put(step.line(), tookSeconds);
			final StringBuilder text = new StringBuilder(HEADINGS);
			seconds.forEach((line, time) -> text.append(TabSeparated.line(Finding.number(time, 1), line)));
			TextFile.write(file, text.toString());
		}
	}

	/** The findings of all experiments run in a folder, one line each. */
	static final class Summary {

		private static final List<String> HEADINGS = List.of("experiment", "title", "source", "size", "claim", "verdict",
			"number", "certainty", "found", "power", "decides");

		private Summary() {}

		/** The findings of an experiment as tab-separated values. */
		static String table(final Experiment experiment, final ExperimentSize size, final List<Finding> findings) {
			final StringBuilder table = new StringBuilder(TabSeparated.line(HEADINGS));
			for (final Finding finding : findings) table.append(TabSeparated.line(experiment.name(), experiment.title(),
				experiment.source(), size.label(), finding.claim(), finding.verdict().words(), finding.number(), finding
					.certainty(), finding.found(), finding.power(), finding.decides()));
			return table.toString();
		}

		/** The page for all experiments in a folder. */
		static String of(final Path folder) {
			final StringBuilder page = new StringBuilder("# What holds and what does not\n\nThe claims of " +
				"[Su et al. 2018](https://doi.org/10.1101/256792) and [Gu et al." +
				" 2021](https://doi.org/10.21203/rs.3.rs-139567/v1), each put to a test that anyone can repeat. The page of" +
				" each experiment has the figures, their intervals, and what the test can see.\n\n" +
				"| claim | verdict | number | certainty |\n|---|---|---|---|\n");
			for (final String name : Experiments.names()) {
				final Path file = folder.resolve(name).resolve("findings.tsv");
				if (!Files.exists(file)) continue;
				for (final TsvTable.Row row : TsvTable.read(file).rows()) page.append("| ").append(row.text("claim")).append(
					" ([").append(name).append("](").append(name).append(".md)) | **").append(row.text("verdict")).append("** | ")
					.append(row.text("number")).append(" | ").append(row.text("certainty")).append(" |\n");
			}
			return page.toString();
		}
	}

	/** The scores of each image that {@code evaluate methods= output=} writes. */
	record ImageScores(String file, Map<String, double[]> psnr) {

		static ImageScores read(final Report report, final String file) {
			final Map<String, List<Double>> values = new LinkedHashMap<>();
			for (final TsvTable.Row row : TsvTable.read(report.context().file(file)).rows()) if (row.text("index").matches(
				"[0-9]+")) values.computeIfAbsent(row.text("image"), key -> new ArrayList<>()).add(row.number("psnr"));
			final Map<String, double[]> psnr = new LinkedHashMap<>();
			values.forEach((method, all) -> psnr.put(method, all.stream().mapToDouble(Double::doubleValue).toArray()));
			return new ImageScores(file, psnr);
		}

		/** The PSNR of each image by a method, or else by the first whose name begins so: one row, {@code [1][image]}. */
		double[][] of(final String method) {
			return new double[][] { psnr.getOrDefault(method, psnr.entrySet().stream().filter(entry -> entry.getKey()
				.startsWith(method)).findFirst().orElseThrow(() -> RunContext.lacks(file, method)).getValue()) };
		}

		/** Those of several trainings of one kind: {@code [training][image]}. */
		double[][] of(final List<String> models) {
			return models.stream().map(model -> of(model)[0]).toArray(double[][]::new);
		}
	}

	/** The table of methods that {@code evaluate methods= summary=} writes. */
	record MethodScores(String file, List<MethodTable.Row> methods) {

		static MethodScores read(final Report report, final String file) {
			return new MethodScores(file, MethodTable.read(report.context().file(file)));
		}

		/** The scores of a method, or else of the first whose name begins so. */
		QualityScores of(final String method) {
			return methods.stream().filter(row -> row.method().equals(method)).findFirst().or(() -> methods.stream().filter(
				row -> row.method().startsWith(method)).findFirst()).orElseThrow(() -> RunContext.lacks(file, method)).mean();
		}

		double psnr(final String method) {
			return of(method).peakSignalToNoise();
		}

		/** For a page: one line per method, in the order of the table. */
		List<List<String>> rows() {
			final List<List<String>> rows = new ArrayList<>();
			rows.add(List.of("method", "MSE", "PSNR, dB", "SSIM", "FRC 0.5, Å", "ms an image"));
			for (final MethodTable.Row row : methods) {
				final QualityScores mean = row.mean();
				rows.add(List.of(row.method(), String.format(Locale.ROOT, "%.2e", mean.meanSquaredError()), Finding.number(mean
					.peakSignalToNoise(), 2), Finding.number(mean.similarity(), 3), Finding.number(mean.halfResolutionAngstrom(),
						1), Finding.number(1000 * row.secondsPerImage(), 1)));
			}
			return rows;
		}
	}

	/** Pictures of the same particles in several stacks of a run. */
	static final class StackMontage {

		private StackMontage() {}

		/**
		 * Draws some particles of each stack, one row per stack.
		 *
		 * @param file to write, a PNG
		 * @param particles that are shown, counted from 0
		 * @param stacks files of the run by their labels, in order
		 */
		static void write(final RunContext context, final String file, final int[] particles,
			final Map<String, String> stacks)
		{
			Montage montage = null;
			for (final Map.Entry<String, String> entry : stacks.entrySet()) {
				try (MrcParticleStack stack = MrcParticleStack.open(context.file(entry.getValue()))) {
					if (montage == null) montage = new Montage(particles);
					montage.add(entry.getKey(), stack);
				}
			}
			if (montage != null) montage.write(context.file(file));
		}
	}
}
