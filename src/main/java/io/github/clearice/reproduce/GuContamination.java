package io.github.clearice.reproduce;

import io.github.clearice.evaluate.contamination.StudyScores;
import io.github.clearice.evaluate.contamination.StudyScores.Comparison;
import io.github.clearice.evaluate.contamination.StudyScores.Row;
import io.github.clearice.evaluate.contamination.StudyScores.Score;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.GuTable.GuMethods;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.simulate.ContaminationType;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Wrong pairs in the training data: five losses, three kinds of contamination. */
final class GuContamination implements Experiment {

	private static final List<ContaminationType> TYPES = List.of(ContaminationType.values());
	private static final List<String> ROBUST = List.of("beta0.5", "beta1");

	@Override
	public String name() {
		return "gu-contamination";
	}

	@Override
	public String title() {
		return "Contaminated training data";
	}

	@Override
	public String source() {
		return "Gu et al. 2021, Fig. 3 e to g";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "A share of the training pairs has its reference (A), its noisy image (B) or both (C) replaced by" +
			" Gaussian" +
			" noise of the stack's mean and deviation. Networks are tested on correct pairs that they have not seen." +
			" RNA polymerase II (1WCM in place of the paper's 1NT9) at SNR 0.1; " +
			size.of("boxes of 32 pixels, a few pairs",
				"3,000 training and 750 test pairs in boxes of 32 pixels of 8 Å, the light" +
					" network, 5 epochs, three seeds",
				"25,000 training and 1,500 test pairs in boxes of 128 pixels of 2 Å, preset=paper, three seeds") + ".";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 32, 128), count = size.of(40, 3750, 26500), epochs = size.of(1, 5, 20);
		final double images = count * 0.8 * epochs;
		final double set = size == ExperimentSize.FULL ? 2 * RuntimeEstimate.training(2.8, images) + 3 * RuntimeEstimate
			.training(8.4, images) : 2 * RuntimeEstimate.Training.AUTOENCODER.seconds(box, images) + 2 *
				RuntimeEstimate.Training.GAN.seconds(box, images) + RuntimeEstimate.Training.WASSERSTEIN.seconds(box, images);
		final double twice = size == ExperimentSize.FULL ? RuntimeEstimate.training(2.8, 2 * images)
			: RuntimeEstimate.Training.AUTOENCODER.seconds(box, 2 * images);
		final Parameters pairs = Parameters.of("noisy", new RunFile("pairs/noisy.mrcs")).with("clean", new RunFile(
			"pairs/clean.mrcs"));
		final Parameters paper = size == ExperimentSize.FULL ? Parameters.of("tests", 1500).with("preset", "paper")
			: Parameters.NONE;
		final Parameters study = size == ExperimentSize.SMOKE ? pairs.with("methods", List.of("l1",
			"beta0.5")).with("types",
			"A").with("fractions", List.of(0, 0.3)).with("seeds", 1) : pairs.with(paper);
		final Parameters twiceAsLong = pairs.with("methods", "l1").with("types", "A").with(size == ExperimentSize.SMOKE
			? Parameters.of("fractions", 0.3).with("seeds", 1) : Parameters.of("fractions", List.of(0, 0.3)).with(paper));
		return List.of(Step.of(2, "map", Parameters.of("structure", new StructureFile("1wcm")).with("box",
			box).with("pixel",
			size.of(8, 8, 2)).with("output", new RunFile("map.mrc"))), //
			Step.of(2e-7 * count * box * box, "simulate", Parameters.of("source", new RunFile("map.mrc")).with("count", count)
				.with("snr", 0.1).with("seed", 1).with("output", new RunFile("pairs"))), //
			Step.of(size.of(1.6, 30.0, 30.0) * set, "contamination", study.with("epochs", epochs).with("output", new RunFile(
				"study"))), //
			Step.of(size.of(1, 6, 6) * twice, "contamination", twiceAsLong.with("epochs", 2 * epochs).with("output",
				new RunFile("twice"))));
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final RunContext context = report.context();
		final List<Row> table = StudyScores.readRows(context.file("study/table.tsv"));
		final List<Comparison> tests = StudyScores.readComparisons(context.file("study/tests.tsv"));
		final List<Row> twice = StudyScores.readRows(context.file("twice/table.tsv"));
		report.finding(pixelLosses(table)).finding(typeA(table)).finding(wasserstein(table)).finding(robust(tests)).finding(
			updates(table, twice)).finding(stability(table));
		report.heading("Scores").paragraph(
			"PSNR in dB, mean (sd over seeds); every image is scaled by its reference to [0,1].");
		for (final ContaminationType type : TYPES) {
			final List<Row> rows = where(table, row -> row.type() == type);
			if (!rows.isEmpty()) report.table(scores(rows, type)).picture("study/psnr-" + type + ".png", "PSNR under type " +
				type + "; bars are standard deviations over seeds").picture("study/mse-" + type + ".png",
					"Mean squared error under type " + type + ", as in the paper's figure");
		}
		report.heading("Each GAN beside the l1 autoencoder").paragraph(
			"Difference in PSNR with the same seeds on the same" +
				" images, with its 95 % interval over seeds and images; above 0 the GAN is better.").table(differences(tests));
	}

	private static Finding pixelLosses(final List<Row> table) {
		final List<Row> l2 = where(table, row -> is(row, "l2") && row.fraction() > 0);
		int better = 0;
		final List<String> gains = new ArrayList<>();
		for (final Row row : l2) {
			final Row l1 = row(table, "l1", row.type(), row.fraction());
			if (l1.meanSquaredError().mean() < row.meanSquaredError().mean()) better++;
			gains.add(row.type() + " " + percent(row.fraction()) + " " + signed(psnr(l1) - psnr(row)));
		}
		return Finding.ofCases("The l1 loss is more robust to contamination than the l2 loss.", better, l2.size(),
			"Gain in PSNR of l1 over l2, in dB: " + String.join(", ", gains) + ".",
			"The two differ much only for right images with wrong references (A).");
	}

	private static Finding typeA(final List<Row> table) {
		final List<String> harms = new ArrayList<>();
		int held = 0, cases = 0;
		for (final double fraction : fractions(table, "l2")) {
			final double loss = loss(table, fraction, "l2", ContaminationType.A);
			final double others = Math.max(loss(table, fraction, "l2", ContaminationType.B), loss(table, fraction, "l2",
				ContaminationType.C));
			cases++;
			if (loss > 2 * others) held++;
			harms.add(percent(fraction) + " " + Finding.number(loss, 2) + " (B, C: " + Finding.number(others, 2) +
				" at most)");
		}
		return Finding.ofCases(
			"Type A (only the references are wrong) harms the l2 autoencoder most; B and C harm it little.", held, cases,
			"Its loss in PSNR under A compared with clean training, in dB: " + String.join(", ", harms) +
				"; the claim holds where it is more than twice the loss under B and C.", "");
	}

	private static Finding wasserstein(final List<Row> table) {
		final List<String> harms = new ArrayList<>();
		int held = 0, cases = 0;
		for (final double fraction : fractions(table, "wgan")) {
			final double loss = loss(table, fraction, "wgan", ContaminationType.A);
			final double l1 = loss(table, fraction, "l1", ContaminationType.A);
			final double l2 = loss(table, fraction, "l2", ContaminationType.A);
			cases++;
			if (Math.abs(loss - l2) < Math.abs(loss - l1)) held++;
			harms.add(percent(fraction) + " " + Finding.number(loss, 2) + " (l1 " + Finding.number(l1, 2) + ", l2 " + Finding
				.number(l2, 2) + ")");
		}
		return Finding.ofCases("Wrong references confuse WGANgp as much as the l2 autoencoder.", held, cases,
			"Its loss in PSNR under A, in dB: " + String.join(", ", harms) +
				"; the claim holds where it is nearer to the loss of the l2 than to that of the l1 autoencoder.",
			"Its l1 loss makes it as robust as the l1 autoencoder; the critic does not change that.");
	}

	/** The fractions above 0 that a method was trained with under type A. */
	private static double[] fractions(final List<Row> table, final String method) {
		return where(table, row -> is(row, method) && row.type() == ContaminationType.A && row.fraction() > 0).stream()
			.mapToDouble(Row::fraction).toArray();
	}

	/** A method's loss of PSNR, in dB, under a share of contamination of a type; NaN if that was not run. */
	private static double loss(final List<Row> table, final double fraction, final String method,
		final ContaminationType type)
	{
		return find(table, method, type, fraction).map(row -> psnr(row(table, method, type, 0)) - psnr(row)).orElse(
			Double.NaN);
	}

	private static Finding robust(final List<Comparison> tests) {
		final List<Comparison> rows = tests.stream().filter(row -> ROBUST.contains(row.method().name()) && row
			.fraction() > 0).toList();
		final long better = rows.stream().filter(row -> row.low() > 0).count();
		final long worse = rows.stream().filter(row -> row.high() < 0).count();
		final DoubleSummaryStatistics differences = rows.stream().mapToDouble(Comparison::difference).summaryStatistics();
		final String range = rows.isEmpty() ? "" : " Differences are " + signed(differences.getMin()) + " to " + signed(
			differences.getMax()) + " dB.";
		return Finding.ofCases("The (.5, .5)- and the (1, 1)-GAN with an l1 loss are more robust than the autoencoders.",
			better, rows.size(), "Against the l1 autoencoder they are better in " + better + " of " + rows.size() +
				" cells and worse in " + worse + ", counting only cells whose 95 % interval over seeds and images" +
				" excludes 0." +
				range, "Most of the robustness comes from the l1 loss that is added to the adversarial one.");
	}

	/** The generator of a GAN is updated twice a batch (k_g = 2), an autoencoder once. */
	private static Finding updates(final List<Row> table, final List<Row> twice) {
		int held = 0, cases = 0;
		final List<String> words = new ArrayList<>();
		for (final Row row : twice) {
			final Score own = row.peakSignalToNoise();
			for (final String gan : ROBUST)
				for (final Row other : find(table, gan, ContaminationType.A, row.fraction()).stream().toList()) {
					cases++;
					if (other.peakSignalToNoise().low() > own.high()) held++;
					words.add(String.format(Locale.ROOT, "%s %s %+.2f", percent(row.fraction()), GuMethods.label(gan), psnr(
						other) - own.mean()));
				}
			words.add(percent(row.fraction()) + " l1 itself " + spread(own));
		}
		return Finding.ofCases(
			"(Not in the paper.) The reason is the adversarial loss of the GANs, not the two updates of their " +
				"generators per batch.", held, cases,
			"Difference in dB from an l1 autoencoder with twice the epochs, and so with as many updates as those" +
			" generators: " + String
				.join(", ", words) + "; the claim holds where the 95 % intervals do not overlap.",
			"More updates of the l1 autoencoder gain as much as the GANs do.");
	}

	private static Finding stability(final List<Row> table) {
		int held = 0, cases = 0;
		final List<String> spreads = new ArrayList<>();
		for (final ContaminationType type : TYPES) {
			spreads.add(type + " " + Finding.number(where(table, row -> row.type() == type && row.fraction() > 0).stream()
				.mapToDouble(GuContamination::deviation).filter(Double::isFinite).average().orElse(Double.NaN), 3));
		}
		for (final Row row : where(table, r -> r.type() == ContaminationType.C && r.fraction() > 0 && Double.isFinite(
			deviation(r))))
		{
			cases++;
			final double others = where(table, r -> r.type() != ContaminationType.C && r.fraction() == row.fraction() && r
				.method().equals(row.method())).stream().mapToDouble(GuContamination::deviation).max().orElse(Double.NaN);
			if (deviation(row) > others) held++;
		}
		return Finding.ofCases("Results vary more under type C.", held, cases,
			"Mean standard deviation of PSNR over seeds, in dB: " + String.join(", ", spreads) +
				". The paper gives the spread over the five best epochs of one training; here it is the spread over" +
				" trainings.", "");
	}

	private static List<Row> where(final List<Row> rows, final Predicate<Row> wanted) {
		return rows.stream().filter(wanted).toList();
	}

	private static boolean is(final Row row, final String method) {
		return row.method().name().equals(method);
	}

	private static Optional<Row> find(final List<Row> table, final String method, final ContaminationType type,
		final double fraction)
	{
		return table.stream().filter(row -> is(row, method) && row.type() == type && row.fraction() == fraction)
			.findFirst();
	}

	private static Row row(final List<Row> table, final String method, final ContaminationType type,
		final double fraction)
	{
		return find(table, method, type, fraction).orElseThrow(() -> RunContext.lacks("study/table.tsv", method +
			" under type " + type + ", " + percent(fraction)));
	}

	private static double psnr(final Row row) {
		return row.peakSignalToNoise().mean();
	}

	private static double deviation(final Row row) {
		return row.peakSignalToNoise().deviation();
	}

	private static String spread(final Score score) {
		return Finding.number(score.mean(), 2) + " (" + Finding.number(score.deviation(), 2) + ")";
	}

	private static List<List<String>> scores(final List<Row> table, final ContaminationType type) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("type " + type));
		for (final Row row : where(table, row -> is(row, "l1"))) headings.add(percent(row.fraction()));
		rows.add(headings);
		for (final String method : table.stream().map(row -> row.method().name()).distinct().toList()) {
			final List<String> cells = new ArrayList<>(List.of(GuMethods.label(method)));
			table.stream().map(Row::fraction).distinct().forEach(fraction -> cells.add(spread(row(table, method, type,
				fraction).peakSignalToNoise())));
			rows.add(cells);
		}
		return rows;
	}

	private static List<List<String>> differences(final List<Comparison> tests) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("type", "share", "method", "dB", "95 % interval", "better seeds"));
		for (final Comparison row : tests) {
			// Without contamination the lines of all types are equal.
			if (row.fraction() > 0 || row.type() == ContaminationType.A) rows.add(List.of(row.type().name(), percent(row
				.fraction()), GuMethods.label(row.method().name()), signed(row.difference()), signed(row.low()) + " to " +
					signed(row.high()), row.better() + " of " + row.seeds()));
		}
		return rows;
	}

	private static String percent(final double fraction) {
		return Math.round(100 * fraction) + " %";
	}

	private static String signed(final double decibels) {
		return (decibels > 0 ? "+" : "") + Finding.number(decibels, 2);
	}
}
