package io.github.clearice.reproduce;

import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.Locale;

/** A ladder of noise: trained and tested at each rung. */
final class SuNoiseLadder implements Experiment {

	private static final List<Integer> SIGMAS = List.of(50, 100, 200, 400, 800);
	/** The paper does not give its sigma relative to the signal: its usual 200 is taken as an SNR of 0.1. */
	private static final double USUAL_SIGMA = 200;
	private static final double USUAL_SNR = 0.1;
	private static final String NOISE_AXIS = "noise: log2(sigma / 50)";
	private static final List<String> CURVES = List.of("network", "posterior", "covariance Wiener (oracle)",
		"covariance Wiener", "wiener", "mean image");

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
			" and the one" +
			" that knows the true covariance (the linear oracle), the mean of all images, and the posterior mean over the" +
			" views of the map," +
			" which no denoiser can beat on average and which puts the map into everything.";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 32, 256), count = size.of(24, 2000, 2000), tests = size.of(16, 300, 300);
		final int epochs = size.of(1, 10, 21);
		final double pixels = box * box;
		final List<Step> steps = new ArrayList<>();
		steps.add(Step.of(3, "map", Parameters.of("structure", new StructureFile("5a1a")).with("exclude",
			"water").with("box",
			box).with("pixel", size.of(8, 8, 1)).with("resolution", 10).with("output", new RunFile("map.mrc"))));
		for (final int sigma : sigmas(size)) {
			final String folder = "sigma-" + sigma;
			final Parameters map = Parameters.of("source", new RunFile("map.mrc")), noise = Parameters.of("snr", number(snr(
				sigma)));
			steps.add(Step.of(2e-7 * count * pixels, "simulate", map.with("count", count).with(noise).with("seed", 1).with(
				"output", new RunFile(folder + "/training"))));
			steps.add(Step.of(2e-7 * tests * pixels, "simulate", map.with("count", tests).with(noise).with("seed", 2).with(
				"output", new RunFile(folder + "/test"))));
			steps.add(Step.of(size == ExperimentSize.FULL ? RuntimeEstimate.training(6.4 + 8.3, count * epochs)
				: RuntimeEstimate.Training.CONDITIONAL.seconds(box, count * epochs), "train", Parameters.of("noisy",
					new RunFile(
					folder + "/training/noisy.mrcs")).with("clean", new RunFile(folder + "/training/clean.mrcs")).with(size
						.conditional("su2018")).with("epochs", epochs).with("model", new RunFile(folder + "/network.clearice"))));
			steps.add(Step.of(3e-5 * tests * pixels / 4, "evaluate", Parameters.of("reference", new RunFile(folder +
				"/test/clean.mrcs")).with("image", new RunFile(folder + "/test/noisy.mrcs")).with("methods", List.of("mean",
					"wiener", "cwf", "oracle", "posterior", new RunFile(folder + "/network.clearice"))).with("map", new RunFile(
						"map.mrc")).with("order", size.of(0, 3, 3)).with("output", new RunFile(folder + "/scores.tsv")).with(
							"summary", new RunFile(folder + "/methods.tsv")).with("montage", new RunFile(folder + "/montage.png"))));
		}
		return steps;
	}

	private static List<Integer> sigmas(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? SIGMAS.subList(2, 3) : SIGMAS;
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
		report.finding(falls(sigmas, rungs)).finding(shape(sigmas, rungs)).finding(beyondLinear(sigmas, rungs));
		report.heading("Scores").table(table(sigmas, rungs, QualityScores::peakSignalToNoise, "PSNR, dB", 2)).table(table(
			sigmas, rungs, QualityScores::halfResolutionAngstrom, "FRC 0.5, Å", 1)).table(table(sigmas, rungs,
				QualityScores::similarity, "SSIM", 3));
		if (sigmas.size() > 1) report.plot("psnr.png", NOISE_AXIS, "PSNR (dB)", "PSNR against noise", curves(
			sigmas, rungs, QualityScores::peakSignalToNoise)).plot("frc.png", NOISE_AXIS,
				"FRC 0.5 in Å (lower is finer)", "Resolution against noise", curves(sigmas, rungs,
					QualityScores::halfResolutionAngstrom));
		report.heading("Pictures");
		for (final int sigma : sigmas)
			if (sigmas.size() == 1 || sigma == 50 || sigma == 200 || sigma == 800) report.picture("sigma-" + sigma +
				"/montage.png", "sigma " + sigma + ", SNR " + number(snr(sigma)));
	}

	private static Finding falls(final List<Integer> sigmas, final List<MethodScores> rungs) {
		int fallen = 0;
		final List<String> values = new ArrayList<>();
		for (int r = 0; r < rungs.size(); r++) {
			if (r > 0 && rungs.get(r).psnr("network") < rungs.get(r - 1).psnr("network")) fallen++;
			values.add("sigma " + sigmas.get(r) + " " + Finding.number(rungs.get(r).psnr("network"), 2));
		}
		return Finding.ofCases("The quality of recovered images falls with the noise.", fallen, rungs.size() - 1,
			"PSNR in dB: " + String.join(", ", values) + ".", "");
	}

	private static Finding shape(final List<Integer> sigmas, final List<MethodScores> rungs) {
		final MethodScores last = rungs.get(rungs.size() - 1);
		final double gain = last.psnr("network") - last.psnr("mean image");
		final double resolution = last.of("network").halfResolutionAngstrom();
		return Finding.of("Where the noise is strongest, features are lost but the overall shape of the particle remains.",
			gain > 1, "At sigma " + sigmas.get(sigmas.size() - 1) + " the images are " + Finding.number(gain, 2) +
				" dB above the mean image of all particles in PSNR, and their resolution is " + Finding.number(resolution, 1) +
				" Å (mean image " + Finding.number(last.of("mean image").halfResolutionAngstrom(), 1) +
				" Å). The claim holds above 1 dB.", "What remains is hardly more than the shape that all particles share.");
	}

	private static Finding beyondLinear(final List<Integer> sigmas, final List<MethodScores> rungs) {
		int better = 0;
		final List<String> values = new ArrayList<>();
		for (int r = 0; r < rungs.size(); r++) {
			final double gain = rungs.get(r).psnr("network") - rungs.get(r).psnr("covariance Wiener (oracle)");
			final double missing = rungs.get(r).psnr("posterior") - rungs.get(r).psnr("network");
			if (gain > 0) better++;
			values.add(String.format(Locale.ROOT, "sigma %d %+.2f (%.2f)", sigmas.get(r), gain, missing));
		}
		return Finding.ofCases("(Not in the paper.) The network is better than the best linear filter.", better, rungs
			.size(), "Gain in dB over the linear oracle and, in brackets, distance below the posterior mean: " + String
				.join(", ", values) + ".", "");
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
