package io.github.clearice.reproduce;

import io.github.clearice.evaluate.cluster.AgreementTable;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.GuTable.FiveStates;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variations in the paper's supplement: the weight of the autoencoder's loss, the losses, the networks; and
 * sorting.
 */
final class GuSupplement implements Experiment {

	private static final List<String> LAMBDAS = List.of("0", "0.1", "1", "10", "50", "100");
	private static final Parameters HALVES = pair(0.5, 0.5);
	private static final String CLUSTERED = "lambda-10";
	/** A training is called collapsed if its results are worse than the autoencoder's by more than this, in dB. */
	private static final double COLLAPSE_DECIBELS = 3;
	private static final double EQUAL_DECIBELS = 0.1;

	@Override
	public String name() {
		return "gu-supplement";
	}

	@Override
	public String title() {
		return "Weights, losses, networks, and sorting conformations";
	}

	@Override
	public String source() {
		return "Gu et al. 2021, supplement";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "RNA polymerase II (1WCM), its clamp turned by 30 degrees in five steps, SNR 0.1. One training each;" +
			" the standard deviation over seeds is given in *All methods side by side*. The supplement was not" +
			" available, so what is varied is what the paper " +
			"mentions. " +
			size.of("32 pixels, a few pairs",
				"32 pixels of 8 Å, 2,000 training and 300 test pairs, 5 epochs of the light network unless another is" +
				" named; PGGAN grows with 500 images a phase, for 20 minutes",
				"128 pixels of 2 Å, 25,000 training and 1,500 test pairs, preset=paper") + ".";
	}

	/** The GAN of a pair of alpha and beta. */
	private static Parameters pair(final Number alpha, final Number beta) {
		return Parameters.of("gan", "beta").with("alpha", alpha).with("beta", beta);
	}

	/** The trainings: options by name. */
	private static Map<String, Parameters> trainings(final ExperimentSize size) {
		final Map<String, Parameters> options = new LinkedHashMap<>();
		options.put("l1", Parameters.of("gan", "none"));
		for (final String lambda : LAMBDAS) options.put("lambda-" + lambda, HALVES.with("lambda", lambda));
		if (size == ExperimentSize.SMOKE) {
			options.keySet().retainAll(List.of("l1", "lambda-0", CLUSTERED));
			return options;
		}
		final boolean desk = size == ExperimentSize.DESK;
		options.put("js-alone", Parameters.of("gan", "js").with("lambda", 0));
		options.put("wgan-alone", Parameters.of("gan", "wgan").with("lambda", 0));
		options.put("pair-0-0", pair(0, 0));
		options.put("pair-1-1", pair(1, 1));
		options.put("pair--0.5--0.5", pair(-0.5, -0.5));
		options.put("pair-0.5--0.5", pair(0.5, -0.5));
		options.put("pair-1-0", pair(1, 0));
		options.put("resnet", HALVES.with("network", "gu2021"));
		options.put("convnet", HALVES.with("network", "convnet").with(desk ? Parameters.of("discriminator", "light")
			: Parameters.NONE));
		options.put("pggan", Parameters.of("preset", "pggan").with(desk ? Parameters.of("growth", 500).with("minutes", 20)
			: Parameters.NONE));
		final Parameters network = desk ? Parameters.of("network", "light").with("discriminator",
			"light") : Parameters.NONE;
		options.put("paper", Parameters.of("preset", "paper").with(network));
		options.put("published-code", Parameters.of("preset", "published-code").with(network));
		return options;
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 32, 128), tests = size.of(16, 300, 1500), count = size.of(24, 2000, 25000);
		final int epochs = size.of(1, 5, 20), sorted = size.of(24, 500, 1500);
		final double images = (double) count * epochs, pixels = box * box;
		final Parameters states = FiveStates.simulated("0.1");
		final List<Step> steps = new ArrayList<>();
		steps.add(FiveStates.maps(size, box));
		steps.add(Step.of(2e-7 * count * pixels, "simulate", states.with("count", count).with("seed", 1).with("output",
			new RunFile(
			"training"))));
		steps.add(Step.of(2e-7 * tests * pixels, "simulate", states.with("count", tests).with("seed", 2).with("output",
			new RunFile(
			"test"))));
		final List<Object> methods = new ArrayList<>(List.of("oracle"));
		trainings(size).forEach((name, options) -> {
			steps.add(Step.of(seconds(name, size, box, images),
				"train", Parameters.of("noisy", new RunFile("training/noisy.mrcs")).with("clean", new RunFile(
					"training/clean.mrcs")).with(options.has("preset") ? Parameters.NONE : size.paperPreset()).with(options).with(
						"epochs", name.equals("pggan") ? size.of(1, 2, 20) : epochs).with("model", new RunFile(name +
							".clearice"))));
			methods.add(new RunFile(name + ".clearice"));
		});
		steps.add(Step.of(1e-5 * tests * pixels,
			"evaluate", Parameters.of("reference", new RunFile("test/clean.mrcs")).with("image", new RunFile(
				"test/noisy.mrcs"))
				.with("methods", methods).with("output", new RunFile("scores.tsv")).with("summary", new RunFile("methods.tsv"))
				.with("montage", new RunFile("montage.png"))));
		final RunFile noisy = new RunFile("view/noisy.mrcs"), network = new RunFile("view/network.mrcs");
		final RunFile lowPass = new RunFile("view/lowpass.mrcs");
		steps.add(FiveStates.oneView("view.star", sorted, 20, 90));
		steps.add(Step.of(1, "simulate", states.with("star", new RunFile("view.star")).with("count", sorted).with("seed", 3)
			.with("output", new RunFile("view"))));
		steps.add(Step.of(3, "denoise", Parameters.of("input", noisy).with("method", new RunFile(CLUSTERED +
			".clearice")).with(
			"output", network)));
		steps.add(Step.of(3, "denoise", Parameters.of("input", noisy).with("method", "lowpass").with("cutoff",
			60).with("output",
			lowPass)));
		steps.add(Step.of(3,
			"cluster", Parameters.of("input", List.of(noisy, lowPass, network, new RunFile("view/clean.mrcs"))).with("labels",
				new RunFile("view/particles.star")).with("components", 4).with("output", new RunFile("clusters"))));
		return steps;
	}

	private static double seconds(final String name, final ExperimentSize size, final int box, final double images) {
		final double gigamacs = (name.equals("pggan") ? 41.8 + 41.8 : name.equals("convnet") ? 1.2 : 2.8 + 1.3) * box *
			box / 128 / 128;
		final boolean large = List.of("pggan", "convnet", "resnet").contains(name);
		// Of its 4,000 images more than half are smaller while it grows.
		if (name.equals("pggan") && size == ExperimentSize.DESK) return RuntimeEstimate.training(2 * gigamacs, 1850);
		if (size == ExperimentSize.FULL || large) return RuntimeEstimate.training(2 * gigamacs, images);
		return (name.equals("l1") ? RuntimeEstimate.Training.AUTOENCODER : name.startsWith("wgan")
			? RuntimeEstimate.Training.WASSERSTEIN : RuntimeEstimate.Training.GAN).seconds(box, images);
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final MethodScores scores = MethodScores.read(report, "methods.tsv");
		final List<AgreementTable.Row> clusters = AgreementTable.read(report.context().file("clusters/scores.tsv"));
		report.finding(weight(size, scores)).finding(collapse(size, scores)).finding(pairs(size, scores)).finding(networks(
			size, scores));
		if (trainings(size).containsKey("paper")) report.finding(presets(scores));
		report.finding(sorting(clusters));
		report.heading("Scores").table(rows(size, scores)).picture("montage.png", "Test particles by each training");
		report.heading("Sorting five conformations").paragraph(
			"Particles in one view only, by their first principal components (four are used for sorting); colours are" +
			" the true conformations.")
			.table(sorted(clusters));
		for (final String stack : List.of("noisy", "lowpass", "network", "clean"))
			report.picture("clusters/" + stack + ".png", stack);
	}

	private static double psnr(final MethodScores scores, final String name) {
		return scores.psnr(name + ".clearice");
	}

	private static Finding weight(final ExperimentSize size, final MethodScores scores) {
		final List<String> words = new ArrayList<>();
		String best = CLUSTERED;
		for (final String lambda : LAMBDAS) {
			final String name = "lambda-" + lambda;
			if (!trainings(size).containsKey(name)) continue;
			if (psnr(scores, name) > psnr(scores, best)) best = name;
			words.add(lambda + " " + Finding.number(psnr(scores, name), 2));
		}
		final double behind = psnr(scores, best) - psnr(scores, CLUSTERED);
		return Finding.of("lambda = 10 is the right weight of the autoencoder's loss.", behind < EQUAL_DECIBELS,
			"PSNR in dB by lambda: " + String.join(", ", words) + String.format(Locale.ROOT,
				"; the best is %.2f dB above lambda = 10.", behind), "");
	}

	private static Finding collapse(final ExperimentSize size, final MethodScores scores) {
		final List<String> words = new ArrayList<>();
		int held = 0, cases = 0;
		for (final String name : List.of("lambda-0", "js-alone", "wgan-alone")) {
			if (!trainings(size).containsKey(name)) continue;
			final double behind = psnr(scores, "l1") - psnr(scores, name);
			cases++;
			if (behind > COLLAPSE_DECIBELS) held++;
			words.add(name + " " + Finding.number(-behind, 2));
		}
		return Finding.ofCases("Without the autoencoder's loss, GANs often collapse.", held, cases,
			"PSNR against the l1 autoencoder in dB: " + String.join(", ", words) +
				"; the claim holds where more than 3 dB are lost.", "");
	}

	private static Finding pairs(final ExperimentSize size, final MethodScores scores) {
		final List<String> words = new ArrayList<>();
		String best = CLUSTERED;
		for (final String name : trainings(size).keySet()) {
			if (!name.startsWith("pair")) continue;
			if (psnr(scores, name) > psnr(scores, best)) best = name;
			words.add("(" + name.substring(5).replaceFirst("(\\d)-", "$1, ") + ") " + Finding.number(psnr(scores, name), 2));
		}
		final double behind = psnr(scores, best) - Math.max(psnr(scores, CLUSTERED), trainings(size).containsKey("pair-1-1")
			? psnr(scores, "pair-1-1") : -100);
		return Finding.of("Of the (alpha, beta)-GANs, (.5, .5) and (1, 1) are the best.", behind < EQUAL_DECIBELS,
			"PSNR in dB: (.5, .5) " + Finding.number(psnr(scores, CLUSTERED), 2) + ", " + String.join(", ", words) + ".", "");
	}

	private static Finding networks(final ExperimentSize size, final MethodScores scores) {
		final List<String> words = new ArrayList<>();
		int held = 0, cases = 0;
		for (final String name : List.of("convnet", "pggan")) {
			if (!trainings(size).containsKey(name)) continue;
			cases++;
			if (psnr(scores, "resnet") > psnr(scores, name)) held++;
			words.add(name + " " + Finding.number(psnr(scores, name), 2));
		}
		if (cases > 0) words.add("resnet " + Finding.number(psnr(scores, "resnet"), 2));
		words.add("the light network " + Finding.number(psnr(scores, CLUSTERED), 2));
		return Finding.ofCases("The ResNet is better than ConvNet and PGGAN.", held, cases, "PSNR in dB: " + String.join(
			", ", words) + ".", size.of("",
				"After so short a training at the learning rates of the light network, the " +
					"ResNet has dead pixels and the PGGAN is still coarse. This shows which network" +
					" learns fast, not which is better in the end.", ""));
	}

	private static Finding presets(final MethodScores scores) {
		final double behind = psnr(scores, "paper") - psnr(scores, "published-code");
		return Finding.of(
			"(Not in the paper.) What the published code does differently (sums and means of losses, updates, Adam's" +
				" decay) does not change the result.", Math.abs(behind) < EQUAL_DECIBELS, String.format(Locale.ROOT,
					"PSNR in dB: as printed (preset=paper) %.2f, as in the code (preset=published-code) %.2f. The code's" +
					" clipped noise, which turns an SNR of 0.1 into 0.29, is in" +
						" neither.", psnr(scores, "paper"), psnr(scores, "published-code")),
			"");
	}

	private static double ari(final List<AgreementTable.Row> clusters, final String stack) {
		return clusters.stream().filter(row -> row.stack().equals(stack) && row.method().equals("k-means")).findFirst()
			.orElseThrow(() -> RunContext.lacks("clusters/scores.tsv", stack)).agreement().adjustedRand();
	}

	private static Finding sorting(final List<AgreementTable.Row> clusters) {
		final double network = ari(clusters, "network"), lowPass = ari(clusters, "lowpass"), noisy = ari(clusters, "noisy");
		return Finding.ofCases("The GAN beside the l1 loss helps to sort conformations.", (network > noisy ? 1 : 0) +
			(network > lowPass ? 1 : 0), 2, String.format(Locale.ROOT,
				"Adjusted Rand index of k-means with the five true conformations: noisy %.3f, low-pass at 60 Å %.3f, network" +
				" %.3f, clean %.3f.",
				noisy, lowPass, network, ari(clusters, "clean")), "");
	}

	private static List<List<String>> rows(final ExperimentSize size, final MethodScores scores) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("training", "options", "MSE, 1e-3", "PSNR, dB", "SSIM", "FRC 0.5, Å"));
		trainings(size).forEach((name, options) -> {
			final QualityScores mean = scores.of(name + ".clearice");
			rows.add(List.of(name, "`" + options + "`", Finding.number(1000 * mean.meanSquaredError(), 3), Finding.number(mean
				.peakSignalToNoise(), 2), Finding.number(mean.similarity(), 4), Finding.number(mean.halfResolutionAngstrom(),
					1)));
		});
		return rows;
	}

	private static List<List<String>> sorted(final List<AgreementTable.Row> clusters) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("stack", "by", "adjusted Rand index", "mutual information", "accuracy"));
		for (final AgreementTable.Row row : clusters)
			rows.add(List.of(row.stack(), row.method(), Finding.number(row.agreement().adjustedRand(), 3), Finding.number(row
				.agreement().mutualInformation(), 3), Finding.number(100 * row.agreement().accuracy(), 1) + " %"));
		return rows;
	}
}
