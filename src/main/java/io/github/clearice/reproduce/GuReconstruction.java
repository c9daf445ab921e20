package io.github.clearice.reproduce;

import io.github.clearice.evaluate.halves.HalfTables;
import io.github.clearice.evaluate.halves.HalfTables.Summary;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
		return "RNA polymerase II (1WCM) at SNR 0.1; particles are denoised and reconstructed at their true angles: by" +
			" the (.5, .5)-GAN + l1, and by that and the l2 autoencoder after a tenth of the training references was" +
			" replaced by noise (type A). " +
			size.of("32 pixels, a few particles", "64 pixels of 4 Å, 2,000 particles, the light network, 4 epochs",
				"128 pixels of 2 Å, 25,000 particles, preset=paper") +
			".\n\nThe paper reconstructs what one model makes of all particles and calls the correlation of half-sets a" +
			" resolution. Here each model is trained three times: once on all particles (*shared*), and once on each" +
			" half-set alone, with the" +
			" references of that half (*split*). Only the correlation with the true map says what is right; the" +
			" *inflation*" +
			" is how far, on average over the shells, the halves agree beyond what their nearness to the truth" +
			" allows.";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 64, 128), count = size.of(60, 2000, 25000), epochs = size.of(1, 4, 20);
		final double images = 2.0 * count * epochs;
		final List<Step> steps = new ArrayList<>();
		steps.add(Step.of(3, "map", Parameters.of("structure", new StructureFile("1wcm")).with("box", box).with("pixel",
			size
			.of(8, 4, 2)).with("output", new RunFile("map.mrc"))));
		steps.add(Step.of(2e-7 * count * box * box, "simulate", Parameters.of("source", new RunFile("map.mrc")).with(
			"count", count).with("snr", 0.1).with("seed", 1).with("output", new RunFile("set"))));
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

	private static Finding nearClean(final Map<Denoiser, List<Summary>> summaries) {
		int held = 0, cases = 0;
		final List<String> words = new ArrayList<>();
		for (final Map.Entry<Denoiser, List<Summary>> one : summaries.entrySet()) {
			if (one.getKey().options.has("contamination")) continue;
			final double denoised = row(one.getValue(), "shared").truthHalfAngstrom();
			final double clean = row(one.getValue(), "clean").truthHalfAngstrom();
			cases++;
			if (denoised < 1.2 * clean) held++;
			words.add(one.getKey().label + " " + Finding.number(denoised, 1) + " Å against the truth (clean images " +
				Finding.number(clean, 1) + " Å)");
		}
		return Finding.ofCases("Maps of images denoised by the (.5, .5)-GAN + l1 are almost those of clean images.", held,
			cases, "FSC 0.5 with the true map: " + String.join("; ", words) + "; the claim holds within 20 %.", "");
	}

	private static Finding robust(final Map<Denoiser, List<Summary>> summaries) {
		final List<String> words = new ArrayList<>();
		double gan = Double.NaN, l2 = Double.NaN;
		for (final Map.Entry<Denoiser, List<Summary>> one : summaries.entrySet()) {
			if (!one.getKey().options.has("contamination")) continue;
			final double truth = row(one.getValue(), "shared").truthHalfAngstrom();
			if (one.getKey().options.has("gan")) gan = truth;
			else l2 = truth;
			words.add(one.getKey().label + " " + Finding.number(truth, 1) + " Å");
		}
		return Finding.ofCases(
			"Under contamination of type A the map of the (.5, .5)-GAN + l1 is better than that of the l2 autoencoder.",
			gan < l2 ? 1 : 0, Double.isNaN(gan) || Double.isNaN(l2) ? 0 : 1, "FSC 0.5 with the true map:" +
				" " + String.join(", ",
				words) + ".", "");
	}

	private static Finding compareCorrelations(final Map<Denoiser, List<Summary>> summaries) {
		int held = 0;
		final List<String> words = new ArrayList<>();
		for (final Map.Entry<Denoiser, List<Summary>> one : summaries.entrySet()) {
			final Summary shared = row(one.getValue(), "shared"), split = row(one.getValue(), "split");
			if (shared.inflation() < 0.05) held++;
			words.add(String.format(Locale.ROOT,
				"%s: halves agree to %.1f Å (0.143), the truth is reached to %.1f Å (0.5); inflation %.3f shared, %.3f split",
				one.getKey().label, shared.halvesSeventhAngstrom(), shared.truthHalfAngstrom(), shared.inflation(), split
					.inflation()));
		}
		return Finding.ofCases("The correlation of half-sets of denoised images gives the resolution of the map.", held,
			summaries.size(), String.join("; ", words) +
				". The claim holds if the inflation of the shared model is below 0.05.",
			"What both halves have learnt from the same references agrees, right or wrong.");
	}

	private static Finding gain(final Map<Denoiser, List<Summary>> summaries) {
		int held = 0;
		final List<String> words = new ArrayList<>();
		for (final Map.Entry<Denoiser, List<Summary>> one : summaries.entrySet()) {
			final double noisy = row(one.getValue(), "noisy").truthHalfAngstrom();
			final double denoised = row(one.getValue(), "split").truthHalfAngstrom();
			if (denoised < noisy) held++;
			words.add(one.getKey().label + " " + Finding.number(denoised, 1) + " (noisy " + Finding.number(noisy, 1) + ")");
		}
		return Finding.ofCases(
			"(Not in the paper.) At known angles, particles denoised by a model of their own half-set give a " +
				"better map than the noisy ones.", held, summaries.size(), "FSC 0.5 with the true map in Å:" +
				" " + String.join(", ", words) + ".",
			"Averaging thousands of noisy views loses nothing; a nonlinear denoiser loses whatever it mistakes for noise.");
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
