package io.github.clearice.reproduce;

import io.github.clearice.evaluate.halves.HalfTables;
import io.github.clearice.evaluate.halves.HalfTables.Summary;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Maps reconstructed from denoised particles, and the meaning of their correlation. */
final class GuReconstruction implements Experiment {

	private static final Parameters GAN = Parameters.of("gan", "beta").with("alpha", 0.5).with("beta", 0.5);

	/**
	 * A model whose results are reconstructed.
	 *
	 * @param name of its folder
	 * @param options of its training
	 */
	private record Denoiser(String name, String label, Parameters options) {}

	private static final List<Denoiser> DENOISERS = List.of(new Denoiser("gan", "(.5, .5)-GAN + l1", GAN), new Denoiser(
		"gan-contaminated", "(.5, .5)-GAN + l1, contaminated", GAN.with("contamination", "A").with("fraction", 0.1)),
		new Denoiser("l2-contaminated", "l2 autoencoder, contaminated", Parameters.of("loss", "l2").with("contamination",
			"A").with("fraction", 0.1)));

	@Override
	public String name() {
		return "gu-reconstruction";
	}

	@Override
	public String title() {
		return "Maps from denoised particles";
	}

	@Override
	public String source() {
		return "Gu et al. 2021, Fig. 3 b to d and h to j";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "RNA polymerase II (1WCM) at SNR 0.1 in boxes of 128 pixels of 1.6 Å, the paper's; particles are denoised" +
			" and reconstructed at their true angles: by" +
			" the (.5, .5)-GAN + l1, and by that and the l2 autoencoder after a tenth of the training references was" +
			" replaced by noise (type A). " +
			size.of("A small stand-in", "Binned to 64 pixels after the noise, 2,000 particles, the light network, 4 epochs",
				"Not binned, 25,000 particles, preset=paper") +
			".\n\nThe paper reconstructs what one model makes of all particles and calls the correlation of half-sets a" +
			" resolution. Here each model is trained three times: once on all particles (*shared*), and once on each" +
			" half-set alone, with the" +
			" references of that half (*split*). Only the correlation with the true map says what is right; the" +
			" *inflation* is how far, on average over the shells, the halves agree beyond what their nearness to the truth" +
			" allows.";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 64, 128), count = size.of(60, 2000, 25000), epochs = size.of(1, 4, 20);
		final double images = 2.0 * count * epochs;
		final int bin = size.of(2, 2, 1), full = box * bin;
		final List<Step> steps = new ArrayList<>();
		final Parameters structure = Parameters.of("structure", new StructureFile("1wcm")).with("box", full).with("pixel",
			size.of(3.2, 1.6, 1.6));
		steps.add(Step.of(10, "map", structure.with("output", new RunFile("full.mrc"))));
		steps.add(Step.of(10, "map", structure.with("bin", bin).with("output", new RunFile("map.mrc"))));
		steps.add(Step.of(2e-7 * count * full * full, "simulate", Parameters.of("source", new RunFile("full.mrc")).with(
			"count", count).with("snr", 0.1).with("bin", bin).with("seed", 1).with("output", new RunFile("set"))));
		for (final Denoiser one : denoisers(size)) {
			final boolean gan = one.options.has("gan");
			final double seconds = size == ExperimentSize.FULL ? RuntimeEstimate.training(gan ? 8.4 : 2.8, images) : (gan
				? RuntimeEstimate.Training.GAN : RuntimeEstimate.Training.AUTOENCODER).seconds(box, images);
			steps.add(Step.of(seconds + 1e-6 * count * box * box,
				"halves", Parameters.of("star", new RunFile("set/particles.star")).with("clean", new RunFile("set/clean.mrcs"))
					.with("map", new RunFile("map.mrc")).with(size.paperPreset()).with(one.options).with("epochs", epochs)
					.with("output", new RunFile(one.name))));
		}
		return steps;
	}

	private static List<Denoiser> denoisers(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? DENOISERS.subList(2, 3) : DENOISERS;
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final Map<Denoiser, List<Summary>> summaries = new LinkedHashMap<>();
		for (final Denoiser one : denoisers(size))
			summaries.put(one, HalfTables.readSummary(report.context().file(one.name + "/summary.tsv")));
		report.finding(nearClean(summaries)).finding(robust(summaries)).finding(compareCorrelations(summaries)).finding(
			gain(summaries));
		report.heading("Resolutions").paragraph("In Å.").table(table(summaries));
		for (final Denoiser one : denoisers(size))
			report.heading(one.label).picture(one.name + "/curves.png", "Shell correlations:" +
				" " + one.label).picture(one.name +
				"/maps.png", "Slices of the maps: " + one.label);
	}

	private static Summary row(final List<Summary> summary, final String images) {
		return summary.stream().filter(row -> row.images().equals(images)).findFirst().orElseThrow(() -> RunContext.lacks(
			"summary.tsv", images));
	}

	/** What denoising can help with is finding poses, so at true poses its benefit cannot be seen. */
	private static final String REFINED = "Poses that are searched for, not given: a refinement from a start at 40 Å" +
		" with noisy and with denoised particles, against the truth.";

	private static Finding nearClean(final Map<Denoiser, List<Summary>> summaries) {
		final List<String> words = new ArrayList<>();
		summaries.forEach((one, summary) -> {
			if (!one.options.has("contamination")) words.add(one.label + " " + Finding.number(row(summary, "shared")
				.truthHalfAngstrom(), 1) + " Å (clean images " + Finding.number(row(summary, "clean").truthHalfAngstrom(), 1) +
				" Å, noisy ones " + Finding.number(row(summary, "noisy").truthHalfAngstrom(), 1) + " Å)");
		});
		return Finding.open("Maps of images denoised by the (.5, .5)-GAN + l1 are almost those of clean images.",
			"At true poses, FSC 0.5 with the true map: " + String.join("; ", words) + ".", REFINED);
	}

	private static Finding robust(final Map<Denoiser, List<Summary>> summaries) {
		final List<String> words = new ArrayList<>();
		summaries.forEach((one, summary) -> {
			if (one.options.has("contamination")) words.add(one.label + " " + Finding.number(row(summary, "shared")
				.truthHalfAngstrom(), 1) + " Å");
		});
		return Finding.open(
			"Under contamination of type A the map of the (.5, .5)-GAN + l1 is better than that of the l2 autoencoder.",
			"At true poses, FSC 0.5 with the true map, one training each: " + String.join("; ", words) + ".", REFINED +
				" And l1 alone beside: its robustness needs no GAN.");
	}

	private static double[][] each(final Map<Denoiser, List<Summary>> summaries, final ToDoubleFunction<List<Summary>>
		of) {
		return new double[][] { summaries.values().stream().mapToDouble(of).toArray() };
	}

	private static Finding compareCorrelations(final Map<Denoiser, List<Summary>> summaries) {
		return ClaimTest.below(0.05, "The correlation of half-sets of denoised images gives the resolution of the map.",
			"how far, on average over the shells, the halves agree beyond what their nearness to the truth allows; gives it" +
				" means less than 0.05").in("inflation", 3).on(summaries.size() + " trainings").found(Effect.ofMean(
					"one model for both halves", each(summaries, rows -> row(rows, "shared").inflation()))).found(Effect.ofMean(
						"a model for each half", each(summaries, rows -> row(rows, "split").inflation()))).ideal(Effect.ofMean(
							"the noisy images", each(summaries, rows -> row(rows, "noisy").inflation()))).decidedBy("More trainings.")
			.finding();
	}

	private static Finding gain(final Map<Denoiser, List<Summary>> summaries) {
		return ClaimTest.below(0, "(Not in the paper.) At true poses, denoised particles give a better map than noisy" +
			" ones.",
			"where FSC with the true map falls below 0.5, for particles denoised by a model of their own half-set, above" +
				" that for noisy" +
				" ones").in("Å", 1).on(summaries.size() + " trainings").found(Effect.ofDifference("denoised", each(
					summaries, rows -> row(rows, "split").truthHalfAngstrom()), each(summaries, rows -> row(rows, "noisy")
						.truthHalfAngstrom()))).ideal(Effect.ofDifference("clean images", each(summaries, rows -> row(rows, "clean")
							.truthHalfAngstrom()), each(summaries, rows -> row(rows, "noisy").truthHalfAngstrom()))).decidedBy(
								"Fewer particles, so that clean ones give a better map than noisy ones.").finding();
	}

	private static List<List<String>> table(final Map<Denoiser, List<Summary>> summaries) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("model", "images", "halves, FSC 0.143", "halves, FSC 0.5", "truth, FSC 0.5", "inflation"));
		summaries.forEach((one, summary) -> summary.forEach(row -> rows.add(List.of(one.label, row.images(), Finding.number(
			row.halvesSeventhAngstrom(), 1), Finding.number(row.halvesHalfAngstrom(), 1), Finding.number(row
				.truthHalfAngstrom(), 1), Finding.number(row.inflation(), 3)))));
		return rows;
	}
}
