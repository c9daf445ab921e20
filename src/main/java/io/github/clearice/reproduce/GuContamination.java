package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.GuTable.GuMethods;
import io.github.clearice.reproduce.Report.Finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Wrong pairs in the training data: five losses, three kinds of contamination. */
final class GuContamination implements Experiment {

	private static final List<String> TYPES = List.of("A", "B", "C");
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
		final int box = size.of(32, 32, 128), count = size.of(72, 3750, 26500), epochs = size.of(1, 5, 20);
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
		final TsvTable table = TsvTable.read(report.context().file("study/table.tsv"));
		final TsvTable tests = TsvTable.read(report.context().file("study/tests.tsv"));
		final TsvTable twice = TsvTable.read(report.context().file("twice/table.tsv"));
		report.finding(pixelLosses(table)).finding(typeA(table)).finding(wasserstein(table)).finding(robust(tests)).finding(
			updates(table, twice)).finding(stability(table));
		report.heading("Scores").paragraph(
			"PSNR in dB, mean (sd over seeds); every image is scaled by its reference to [0,1].");
		for (final String type : TYPES)
			if (!table.where("type", type).rows().isEmpty()) {
				report.table(scores(table.where("type", type), type)).picture("study/psnr-" + type + ".png",
					"PSNR under type " + type + "; bars are standard deviations over" +
					" seeds").picture("study/mse-" + type + ".png",
						"Mean squared error under type " + type + ", as in the paper's figure");
			}
		report.heading("Each GAN beside the l1 autoencoder").paragraph(
			"Difference in PSNR with the same seeds on the same" +
				" images, with its 95 % interval over seeds and images; above 0 the GAN is better.").table(differences(tests));
	}

	private static Finding pixelLosses(final TsvTable table) {
		final List<TsvTable.Row> l2 = table.where("method", "l2").where(row -> row.number("fraction") > 0).rows();
		int better = 0;
		final List<String> gains = new ArrayList<>();
		for (final TsvTable.Row row : l2) {
			final double gain = at(table, row, "l1").number("psnr") - row.number("psnr");
			if (at(table, row, "l1").number("mse") < row.number("mse")) better++;
			gains.add(cell(row) + " " + signed(gain));
		}
		return Finding.ofCases("The l1 loss is more robust to contamination than the l2 loss.", better, l2.size(),
			"Gain in PSNR of l1 over l2, in dB: " + String.join(", ", gains) + ".",
			"The two differ much only for right images with wrong references (A).");
	}

	private static Finding typeA(final TsvTable table) {
		final List<String> harms = new ArrayList<>();
		int held = 0, cases = 0;
		for (final TsvTable.Row row : table.where("method", "l2").where("type", "A").where(r -> r.number("fraction") > 0)
			.rows())
		{
			final double loss = loss(table, row, "l2", "A");
			final double others = Math.max(loss(table, row, "l2", "B"), loss(table, row, "l2", "C"));
			cases++;
			if (loss > 2 * others) held++;
			harms.add(percent(row) + " " + Finding.number(loss, 2) + " (B, C: " + Finding.number(others, 2) + " at most)");
		}
		return Finding.ofCases(
			"Type A (only the references are wrong) harms the l2 autoencoder most; B and C harm it little.", held, cases,
			"Its loss in PSNR under A compared with clean training, in dB: " + String.join(", ", harms) +
				"; the claim holds where it is more than twice the loss under B and C.", "");
	}

	private static Finding wasserstein(final TsvTable table) {
		final List<String> harms = new ArrayList<>();
		int held = 0, cases = 0;
		for (final TsvTable.Row row : table.where("method", "wgan").where("type", "A").where(r -> r.number("fraction") > 0)
			.rows())
		{
			final double loss = loss(table, row, "wgan", "A"), l1 = loss(table, row, "l1", "A"), l2 = loss(table, row, "l2",
				"A");
			cases++;
			if (Math.abs(loss - l2) < Math.abs(loss - l1)) held++;
			harms.add(percent(row) + " " + Finding.number(loss, 2) + " (l1 " + Finding.number(l1, 2) + ", l2 " + Finding
				.number(l2, 2) + ")");
		}
		return Finding.ofCases("Wrong references confuse WGANgp as much as the l2 autoencoder.", held, cases,
			"Its loss in PSNR under A, in dB: " + String.join(", ", harms) +
				"; the claim holds where it is nearer to the loss of the l2 than to that of the l1 autoencoder.",
			"Its l1 loss makes it as robust as the l1 autoencoder; the critic does not change that.");
	}

	/** A method's loss of PSNR, in dB, under a share of contamination of a type; NaN if that was not run. */
	private static double loss(final TsvTable table, final TsvTable.Row like, final String method, final String type) {
		final TsvTable own = table.where("method", method).where("type", type);
		final TsvTable contaminated = own.where("fraction", like.text("fraction"));
		return contaminated.rows().isEmpty() ? Double.NaN : own.where(row -> row.number("fraction") == 0).first().number(
			"psnr") - contaminated.first().number("psnr");
	}

	private static Finding robust(final TsvTable tests) {
		final List<TsvTable.Row> rows = tests.where(row -> ROBUST.contains(row.text("method")) && row.number(
			"fraction") > 0).rows();
		final long better = rows.stream().filter(row -> row.number("low") > 0).count();
		final long worse = rows.stream().filter(row -> row.number("high") < 0).count();
		final DoubleStream differences = rows.stream().mapToDouble(row -> row.number("difference"));
		final List<Double> sorted = differences.sorted().boxed().toList();
		final String range = sorted.isEmpty() ? "" : " Differences are " + signed(sorted.get(0)) + " to " + signed(sorted
			.get(sorted.size() - 1)) + " dB.";
		return Finding.ofCases("The (.5, .5)- and the (1, 1)-GAN with an l1 loss are more robust than the autoencoders.",
			better, rows.size(), "Against the l1 autoencoder they are better in " + better + " of " + rows.size() +
				" cells and worse in " + worse + ", counting only cells whose 95 % interval over seeds and images" +
				" excludes 0." +
				range, "Most of the robustness comes from the l1 loss that is added to the adversarial one.");
	}

	/** The generator of a GAN is updated twice a batch (k_g = 2), an autoencoder once. */
	private static Finding updates(final TsvTable table, final TsvTable twice) {
		int held = 0, cases = 0;
		final List<String> words = new ArrayList<>();
		for (final TsvTable.Row row : twice.rows()) {
			for (final String gan : ROBUST)
				for (final TsvTable.Row other : table.where("method", gan).where("type", "A").where("fraction", row.text(
					"fraction")).rows())
				{
					cases++;
					if (other.number("psnr_low") > row.number("psnr_high")) held++;
					words.add(String.format(Locale.ROOT, "%s %s" +
						" %+.2f", percent(row), GuMethods.label(gan), other.number("psnr") -
						row.number("psnr")));
				}
			words.add(percent(row) + " l1 itself" +
				" " + Finding.number(row.number("psnr"), 2) + " (" + Finding.number(row.number(
				"psnr_sd"), 2) + ")");
		}
		return Finding.ofCases(
			"(Not in the paper.) The reason is the adversarial loss of the GANs, not the two updates of their " +
				"generators per batch.", held, cases,
			"Difference in dB from an l1 autoencoder with twice the epochs, and so with as many updates as those" +
			" generators: " + String
				.join(", ", words) + "; the claim holds where the 95 % intervals do not overlap.",
			"More updates of the l1 autoencoder gain as much as the GANs do.");
	}

	private static Finding stability(final TsvTable table) {
		int held = 0, cases = 0;
		final List<String> spreads = new ArrayList<>();
		for (final String type : TYPES) {
			final List<TsvTable.Row> rows = table.where("type", type).where(row -> row.number("fraction") > 0).rows();
			spreads.add(type + " " + Finding.number(rows.stream().mapToDouble(row -> row.number("psnr_sd")).filter(
				Double::isFinite).average().orElse(Double.NaN), 3));
		}
		for (final TsvTable.Row row : table.where("type", "C").where(r -> r.number("fraction") > 0 && Double.isFinite(r
			.number("psnr_sd"))).rows())
		{
			cases++;
			final double others = table.where(r -> !r.text("type").equals("C") && r.text("fraction").equals(row.text(
				"fraction")) && r.text("method").equals(row.text("method"))).rows().stream().mapToDouble(r -> r.number(
					"psnr_sd")).max().orElse(Double.NaN);
			if (row.number("psnr_sd") > others) held++;
		}
		return Finding.ofCases("Results vary more under type C.", held, cases,
			"Mean standard deviation of PSNR over seeds, in dB: " + String.join(", ", spreads) +
				". The paper gives the spread over the five best epochs of one training; here it is the spread over" +
				" trainings.", "");
	}

	private static TsvTable.Row at(final TsvTable table, final TsvTable.Row like, final String method) {
		return table.where("method", method).where("type", like.text("type")).where("fraction", like.text("fraction"))
			.first();
	}

	private static List<List<String>> scores(final TsvTable table, final String type) {
		final List<String> fractions = table.rows().stream().map(row -> row.text("fraction")).distinct().toList();
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("type " + type));
		for (final TsvTable.Row row : table.where("method", "l1").rows()) headings.add(percent(row));
		rows.add(headings);
		for (final String method : table.rows().stream().map(row -> row.text("method")).distinct().toList()) {
			final List<String> cells = new ArrayList<>(List.of(GuMethods.label(method)));
			for (final String fraction : fractions) {
				final TsvTable.Row row = table.where("method", method).where("fraction", fraction).first();
				cells.add(Finding.number(row.number("psnr"), 2) + " (" + Finding.number(row.number("psnr_sd"), 2) + ")");
			}
			rows.add(cells);
		}
		return rows;
	}

	private static List<List<String>> differences(final TsvTable tests) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("type", "share", "method", "dB", "95 % interval", "better seeds"));
		for (final TsvTable.Row row : tests.where(r -> r.number("fraction") > 0 || r.text("type").equals("A")).rows())
			rows.add(List.of(row.text("type"), percent(row), GuMethods.label(row.text("method")), signed(row.number(
				"difference")), signed(row.number("low")) + " to " + signed(row.number("high")), row.text("better") + " of " +
					row.text("seeds")));
		return rows;
	}

	private static String cell(final TsvTable.Row row) {
		return row.text("type") + " " + percent(row);
	}

	private static String percent(final TsvTable.Row row) {
		return Math.round(100 * row.number("fraction")) + " %";
	}

	private static String signed(final double decibels) {
		return (decibels > 0 ? "+" : "") + Finding.number(decibels, 2);
	}
}
