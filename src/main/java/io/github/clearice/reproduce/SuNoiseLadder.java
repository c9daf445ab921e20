package io.github.clearice.reproduce;

import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.ImageScores;
import io.github.clearice.reproduce.Report.MethodScores;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A ladder of noise: trained and tested at each rung. */
final class SuNoiseLadder implements Experiment {

	private static final List<Integer> SIGMAS = List.of(50, 100, 200, 400, 800);
	/** Sixty-four times the noise of the paper's strongest in power, to see that the tests can fail. */
	private static final int BLIND = 6400;
	/** The paper does not give its sigma relative to the signal: its usual 200 is taken as an SNR of 0.1. */
	private static final double USUAL_SIGMA = 200;
	private static final double USUAL_SNR = 0.1;
	private static final String NOISE_AXIS = "noise: log2(sigma / 50)";
	private static final String NETWORK = "network", ORACLE = "covariance Wiener (oracle)",
			CLEAN_MEAN = "mean of the clean images";
	private static final List<String> CURVES = List.of(NETWORK, "posterior", ORACLE, "covariance Wiener", "wiener",
		CLEAN_MEAN);

	@Override
	public String name() {
		return "su-noise-ladder";
	}

	@Override
	public String title() {
		return "A ladder of noise";
	}

	@Override
	public String source() {
		return "Su et al. 2018, Fig. 3";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "β-galactosidase (5A1A) with white noise of sigma 50 to 800, a conditional GAN trained and tested at" +
			" each sigma separately, on 2,000 pairs " +
			"each. The paper gives sigma in the units of its own projections; sigma 200, which it uses elsewhere," +
			" corresponds here to an SNR of 0.1, so the " +
			"levels are SNR 1.6, 0.4, 0.1, 0.025 and 0.00625 (variances over the whole" +
			" box). " +
			size.of("Boxes of 32 pixels, a few pairs",
				"Boxes of 32 pixels of 8 Å, the light network with `gan=conditional`, 10 epochs; 300 test particles",
				"Boxes of 256 pixels of 1 Å, `preset=su2018`; 300 test particles") +
			". For comparison: the radial Wiener filter, the covariance Wiener filter learned from the noisy images" +
			" and the one that knows the true covariance (the linear oracle), the mean of all clean images, and the" +
			" posterior mean over the views of the map," +
			" which no denoiser can beat on average and which puts the map into everything.";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int full = size.of(64, 256, 256), bin = bin(size), box = full / bin;
		final int count = size.of(24, 2000, 2000), tests = size.of(16, 300, 300), epochs = size.of(1, 10, 21);
		final double pixels = box * box, simulation = 2e-7 * full * full;
		final List<Step> steps = new ArrayList<>();
		final Parameters structure = Parameters.of("structure", new StructureFile("5a1a")).with("exclude", "water").with(
			"box", full).with("pixel", size.of(4, 1, 1)).with("resolution", 10);
		steps.add(Step.of(20, "map", structure.with("output", new RunFile("map.mrc"))));
		steps.add(Step.of(20, "map", structure.with("bin", bin).with("output", new RunFile("binned.mrc"))));
		for (final int sigma : sigmas(size)) {
			final String folder = "sigma-" + sigma;
			final Parameters map = Parameters.of("source", new RunFile("map.mrc")), noise = Parameters.of("snr", number(snr(
				sigma)));
			steps.add(Step.of(simulation * count, "simulate", map.with("count", count).with(noise).with("bin", bin).with(
				"seed",
				1).with("output", new RunFile(folder + "/training"))));
			steps.add(Step.of(simulation * tests, "simulate", map.with("count", tests).with(noise).with("bin", bin).with(
				"seed", 2).with("output", new RunFile(folder + "/test"))));
			steps.add(Step.of(size == ExperimentSize.FULL ? RuntimeEstimate.training(6.4 + 8.3, count * epochs)
				: RuntimeEstimate.Training.CONDITIONAL.seconds(box, count * epochs), "train", Parameters.of("noisy",
					new RunFile(
					folder + "/training/noisy.mrcs")).with("clean", new RunFile(folder + "/training/clean.mrcs")).with(size
						.conditional("su2018")).with("epochs", epochs).with("model", new RunFile(folder + "/network.clearice"))));
			steps.add(Step.of(3e-5 * tests * pixels / 4, "evaluate", Parameters.of("reference", new RunFile(folder +
				"/test/clean.mrcs")).with("image", new RunFile(folder + "/test/noisy.mrcs")).with("methods", List.of("mean",
					"cleanmean", "wiener", "cwf", "oracle", "posterior", new RunFile(folder + "/network.clearice"))).with("map",
						new RunFile("binned.mrc")).with("order", size.of(0, 3, 3)).with("output", new RunFile(folder +
							"/scores.tsv")).with(
							"summary", new RunFile(folder + "/methods.tsv")).with("montage", new RunFile(folder + "/montage.png"))));
		}
		return steps;
	}

	/** Those of the paper, and one at which nothing should be seen. */
	private static List<Integer> sigmas(final ExperimentSize size) {
		if (size == ExperimentSize.SMOKE) return SIGMAS.subList(2, 3);
		return Stream.concat(SIGMAS.stream(), Stream.of(BLIND)).toList();
	}

	private static int bin(final ExperimentSize size) {
		return size.of(2, 8, 1);
	}

	private static double snr(final int sigma) {
		return USUAL_SNR * USUAL_SIGMA * USUAL_SIGMA / sigma / sigma;
	}

	private static String number(final double snr) {
		return String.valueOf((float) snr);
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final List<Integer> sigmas = sigmas(size);
		final List<MethodScores> rungs = sigmas.stream().map(sigma -> MethodScores.read(report, "sigma-" + sigma +
			"/methods.tsv")).toList();
		final Map<Integer, ImageScores> images = images(sigmas, report);
		final String sample = "1 training a level, " + images.get(sigmas.get(0)).of(NETWORK)[0].length + " images";
		report.finding(falls(images, sample)).finding(shape(images, sample)).finding(beyondLinear(images, sample));
		report.heading("Scores").table(table(sigmas, rungs, QualityScores::peakSignalToNoise, "PSNR, dB", 2)).table(table(
			sigmas, rungs, QualityScores::halfResolutionAngstrom, "FRC 0.5, Å", 1)).table(table(sigmas, rungs,
				QualityScores::similarity, "SSIM", 3));
		if (sigmas.size() > 1) report.plot("psnr.png", NOISE_AXIS, "PSNR (dB)", "PSNR against noise", curves(
			sigmas, rungs, QualityScores::peakSignalToNoise)).plot("frc.png", NOISE_AXIS,
				"FRC 0.5 in Å (lower is finer)", "Resolution against noise", curves(sigmas, rungs,
					QualityScores::halfResolutionAngstrom));
		report.heading("Pictures");
		for (final int sigma : sigmas)
			if (sigmas.size() == 1 || sigma == 50 || sigma == 800 || sigma == BLIND) report.picture("sigma-" + sigma +
				"/montage.png", "sigma " + sigma + ", SNR " + number(snr(sigma)));
	}

	private static String folder(final int sigma) {
		return "sigma-" + sigma + "/";
	}

	private static Map<Integer, ImageScores> images(final List<Integer> sigmas, final Report report) {
		final Map<Integer, ImageScores> images = new LinkedHashMap<>();
		for (final int sigma : sigmas) images.put(sigma, ImageScores.read(report, folder(sigma) + "scores.tsv"));
		return images;
	}

	private static Effect difference(final ImageScores images, final String label, final String first,
		final String second)
	{
		return Effect.ofDifference(label, images.of(first), images.of(second));
	}

	/** The particles of all levels are seen from the same sides. */
	private static Finding falls(final Map<Integer, ImageScores> images, final String sample) {
		ClaimTest test = ClaimTest.above(0, "The quality of recovered images falls with the noise.",
			"the PSNR of the network's results at each level above that at the next").on(sample).decidedBy(
				"More levels: size=desk.");
		final List<Integer> printed = images.keySet().stream().filter(sigma -> sigma != BLIND).toList();
		for (int r = 1; r < printed.size(); r++) test = test.found(Effect.ofDifference("sigma " + printed.get(r - 1) +
			" over " + printed.get(r), images.get(printed.get(r - 1)).of(NETWORK), images.get(printed.get(r)).of(NETWORK)));
		return test.finding();
	}

	private static Finding shape(final Map<Integer, ImageScores> images, final String sample) {
		final int strongest = images.keySet().stream().filter(sigma -> sigma != BLIND).max(Integer::compare).orElseThrow();
		final ImageScores last = images.get(strongest);
		ClaimTest test = ClaimTest.above(1, "Where the noise is strongest, the overall shape of the particle remains.",
			"at sigma " + strongest + ", the PSNR of the results above that of the mean of the clean images, which is one" +
				" shape for all; remains means by more than 1 dB").on(sample).found(difference(last, "the network", NETWORK,
					CLEAN_MEAN)).ideal(difference(last, "the posterior mean", "posterior", CLEAN_MEAN)).decidedBy("More" +
						" particles.");
		if (images.containsKey(BLIND)) test = test.blind(difference(images.get(BLIND), "the network at sigma " + BLIND,
			NETWORK, CLEAN_MEAN));
		return test.finding();
	}

	private static Finding beyondLinear(final Map<Integer, ImageScores> images, final String sample) {
		ClaimTest test = ClaimTest.above(0, "(Not in the paper.) The network is better than the best linear filter.",
			"the PSNR of the results above that of the linear oracle, at each level of the paper").on(sample).decidedBy(
				"More particles, and more trainings.");
		Effect least = null;
		for (final Map.Entry<Integer, ImageScores> rung : images.entrySet()) {
			if (rung.getKey() == BLIND) continue;
			test = test.found(difference(rung.getValue(), "sigma " + rung.getKey(), NETWORK, ORACLE));
			final Effect ideal = difference(rung.getValue(), "the posterior mean, at the level where it gains least",
				"posterior", ORACLE);
			if (least == null || ideal.value() < least.value()) least = ideal;
		}
		return test.ideal(least).finding();
	}

	private static List<List<String>> table(final List<Integer> sigmas, final List<MethodScores> rungs,
		final ToDoubleFunction<QualityScores> score, final String unit, final int decimals)
	{
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of(unit));
		for (final int sigma : sigmas) headings.add("sigma " + sigma + ", SNR " + number(snr(sigma)));
		rows.add(headings);
		final List<String> methods = new ArrayList<>(List.of("noisy"));
		methods.addAll(CURVES);
		for (final String method : methods) {
			final List<String> row = new ArrayList<>(List.of(label(method)));
			for (final MethodScores rung : rungs) row.add(Finding.number(score.applyAsDouble(rung.of(method)), decimals));
			rows.add(row);
		}
		return rows;
	}

	private static List<LinePlot.Series> curves(final List<Integer> sigmas, final List<MethodScores> rungs,
		final ToDoubleFunction<QualityScores> score)
	{
		final double[] x = sigmas.stream().mapToDouble(sigma -> Math.log(sigma / 50.0) / Math.log(2)).toArray();
		return CURVES.stream().map(method -> new LinePlot.Series(label(method), x, rungs.stream().mapToDouble(rung -> score
			.applyAsDouble(rung.of(method))).toArray(), null)).toList();
	}

	private static String label(final String method) {
		return switch (method) {
			case "network" -> "conditional GAN";
			case "posterior" -> "posterior mean (knows the map)";
			case "covariance Wiener (oracle)" -> "linear oracle";
			case "wiener" -> "radial Wiener";
			default -> method;
		};
	}
}
