package io.github.clearice.reproduce;

import io.github.clearice.evaluate.MethodTable;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good the general model is on stacks of structures that are held out, beside filters. */
final class GeneralScores {

	private static final String TEST = "test/", CLASSICAL = "classical.tsv", GENERAL = "general.tsv", ALONE =
		"single.tsv", PICTURE = "general.png";

	private GeneralScores() {}

	/**
	 * Stacks that the model is tested on.
	 *
	 * @param box edge length in pixels
	 * @param snrs as words
	 * @param count particles of a stack, which methods learn from
	 * @param scored particles that count
	 */
	private record Test(int box, List<String> snrs, int count, int scored) {

		HeldOutStack stack(final String code, final String snr, final ExperimentSize size, final int particles) {
			return new HeldOutStack(code, box, GeneralStudy.NOMINAL_PIXEL_ANGSTROM * GeneralStudy.box(size) / box, Double
				.parseDouble(snr), particles);
		}
	}

	private static List<Test> tests(final ExperimentSize size) {
		if (size == ExperimentSize.SMOKE) return List.of(new Test(32, List.of("0.1"), 40, 20));
		final List<String> snrs = List.of("0.1", "0.05", "0.2");
		return List.of(new Test(64, snrs, 2000, size.of(0, 300, 2000)), new Test(96, snrs, 2000, size.of(0, 200, 2000)));
	}

	private static String folder(final Test test, final String snr, final String code) {
		return TEST + test.box() + "-" + snr + "/" + code + "/";
	}

	/** All stacks that the model is tested on. */
	static List<HeldOut> stacks(final ExperimentSize size) {
		return tests(size).stream().flatMap(test -> test.snrs().stream().flatMap(snr -> GeneralStudy.heldOut(size).stream()
			.map(code -> new HeldOut(test, snr, code)))).toList();
	}

	/** A stack of a structure that is held out. */
	record HeldOut(Test test, String snr, String code) {

		String folder() {
			return GeneralScores.folder(test, snr, code);
		}

		private double pixels() {
			return test.box() * test.box();
		}

		private int single() {
			return Math.min(GeneralStudy.SINGLE, test.scored());
		}

		private Parameters evaluated(final String where) {
			return Parameters.of("reference", new RunFile(folder() + where + "clean.mrcs")).with("image", new RunFile(
				folder() + where + "noisy.mrcs"));
		}

		/** Its particles, and what is done with them without a network. */
		void addClassical(final ExperimentSize size, final List<Step> steps) {
			final HeldOutStack stack = test.stack(code, snr, size, test.count()), few = test.stack(code, snr, size, single());
			steps.add(new Step("# simulates " + test.count() + " particles in " + folder(), Parameters.of("structure",
				new StructureFile(code)), 2e-7 * test.count() * pixels(), (context, listener) -> {
					stack.simulate(context.structure(code), context.file(folder()), listener);
					few.simulate(context.structure(code), context.file(folder() + "single"), listener);
				}));
			steps.add(Step.of(2e-6 * test.count() * pixels(), "evaluate", evaluated("").with("methods", List.of("wiener",
				"cwf", "views")).with("count", test.scored()).with("summary", new RunFile(folder() + CLASSICAL))));
		}

		/** A model on the stack, and on particles one by one. */
		void addTested(final Object model, final List<Step> steps) {
			steps.add(Step.of(3e-6 * test.count() * pixels(), "evaluate", evaluated("").with("methods", List.of("wiener",
				model)).with("count", test.scored()).with("summary", new RunFile(folder() + GENERAL)).with("montage",
					new RunFile(folder() + PICTURE))));
			steps.add(Step.of(1e-6 * single() * pixels(), "evaluate", evaluated("single/").with("methods", model).with(
				"summary", new RunFile(folder() + ALONE))));
		}

		/** PSNR by method. */
		Map<String, Double> scores(final Report report) {
			final MethodScores classical = MethodScores.read(report, folder() + CLASSICAL);
			final Map<String, Double> scores = new LinkedHashMap<>();
			for (final String method : Means.METHODS) scores.put(method, switch (method) {
				case "general" -> last(report, folder() + GENERAL);
				case "single" -> last(report, folder() + ALONE);
				default -> classical.psnr(method);
			});
			return scores;
		}
	}

	/** The PSNR of the model that is tested: it is in the last row, whatever it is called. */
	private static double last(final Report report, final String file) {
		final List<MethodTable.Row> rows = MethodScores.read(report, file).methods();
		return rows.get(rows.size() - 1).mean().peakSignalToNoise();
	}

	/** Mean scores of the structures at one SNR, by method. */
	private record Means(Test test, String snr, Map<String, Map<String, Double>> psnr) {

		private static final List<String> METHODS = List.of("noisy", "wiener", "covariance Wiener",
			"averages of similar views", "general", "single");

		static Means read(final Test test, final String snr, final List<String> codes, final Report report) {
			final Map<String, Map<String, Double>> psnr = new LinkedHashMap<>();
			for (final String code : codes) psnr.put(code, new HeldOut(test, snr, code).scores(report));
			return new Means(test, snr, psnr);
		}

		double of(final String method) {
			return psnr.values().stream().mapToDouble(scores -> scores.get(method)).average().orElseThrow();
		}

		double gain(final String method, final String over) {
			return of(method) - of(over);
		}

		/** The gains of the structures, from the least to the most. */
		double[] gains(final String method, final String over) {
			return psnr.values().stream().mapToDouble(scores -> scores.get(method) - scores.get(over)).sorted().toArray();
		}

		String label() {
			return test.box() + " pixels, SNR " + snr;
		}
	}

	/** Reads all scores, and writes what they show. */
	static void conclude(final ExperimentSize size, final Report report) {
		final List<String> codes = GeneralStudy.heldOut(size);
		final List<Means> all = new ArrayList<>();
		for (final Test test : tests(size)) for (final String snr : test.snrs()) all.add(Means.read(test, snr, codes,
			report));
		report.finding(gains(all, "general", "covariance Wiener", 1,
			"With a stack of 2,000, results are at least 1 dB better than those of the covariance Wiener filter.")).finding(
				gains(all, "single", "wiener", 3.5,
					"Particle by particle, results are at least 3.5 dB better than those of the radial Wiener filter."));
		report.heading("Means over the structures, PSNR in dB").table(means(all)).file("means.tsv", means(all));
		for (final Means means : all) report.heading(means.label() + ", PSNR in dB").table(byStructure(means)).file(
			"psnr-" + means.test().box() + "-" + means.snr() + ".tsv", byStructure(means));
		report.heading("Pictures");
		for (final Test test : tests(size)) for (final String code : codes.subList(0, Math.min(3, codes.size()))) report
			.picture(folder(test, test.snrs().get(0), code) + PICTURE, code + ", " + test.box() + " pixels, SNR " + test
				.snrs().get(0));
	}

	private static Finding gains(final List<Means> all, final String method, final String over, final double target,
		final String claim)
	{
		ClaimTest test = ClaimTest.above(target, claim, "PSNR gained, mean over the structures").decidedBy("More" +
			" structures.");
		for (final Means means : all) test = test.on(means.psnr().size() + " structures").found(Effect.ofMean(means.label(),
			new double[][] { means.gains(method, over) }));
		return test.finding();
	}

	private static List<List<String>> means(final List<Means> all) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("pixels", "SNR"));
		headings.addAll(Means.METHODS);
		headings.addAll(List.of("gain over cwf", "least", "most", "single over wiener"));
		rows.add(headings);
		for (final Means means : all) {
			final List<String> row = new ArrayList<>(List.of(String.valueOf(means.test().box()), means.snr()));
			for (final String method : Means.METHODS) row.add(Finding.number(means.of(method), 2));
			final double[] gains = means.gains("general", "covariance Wiener");
			row.addAll(List.of(Finding.number(means.gain("general", "covariance Wiener"), 2), Finding.number(gains[0], 2),
				Finding.number(gains[gains.length - 1], 2), Finding.number(means.gain("single", "wiener"), 2)));
			rows.add(row);
		}
		return rows;
	}

	private static List<List<String>> byStructure(final Means means) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("structure"));
		headings.addAll(Means.METHODS);
		rows.add(headings);
		means.psnr().forEach((code, scores) -> {
			final List<String> row = new ArrayList<>(List.of(code));
			scores.values().forEach(score -> row.add(Finding.number(score, 2)));
			rows.add(row);
		});
		return rows;
	}
}
