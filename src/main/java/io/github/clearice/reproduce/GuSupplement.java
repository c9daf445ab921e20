package io.github.clearice.reproduce;

import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.GuTable.FiveStates;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.ImageScores;
import io.github.clearice.reproduce.Report.MethodScores;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variations in the paper's supplement: the weight of the autoencoder's loss, the losses, the networks. */
final class GuSupplement implements Experiment {

	private static final List<String> LAMBDAS = List.of("0", "0.01", "0.1", "1", "10", "100");
	private static final String PRINTED = "lambda-10";
	/** A training is called collapsed if its results are worse than the autoencoder's by more than this, in dB. */
	private static final double COLLAPSE_DECIBELS = 3;
	/** Of all trainings, whatever their networks. */
	private static final GuNetworks SIZES = GuNetworks.LIGHT;
	private static final Map<String, Parameters> PAIRS = Map.of("pair-0-0", pair(0, 0), "pair-1-1", pair(1, 1),
		"pair--0.5--0.5", pair(-0.5, -0.5), "pair-0.5-0.5", pair(0.5, 0.5), "pair-1-0", pair(1, 0));

	@Override
	public String name() {
		return "gu-supplement";
	}

	@Override
	public String title() {
		return "Weights, losses and networks";
	}

	@Override
	public String source() {
		return "Gu et al. 2021, supplement";
	}

	@Override
	public String account(final ExperimentSize size) {
		return FiveStates.ACCOUNT + String.format(Locale.ROOT, " The full-size experiment at SNR 0.1 is binned to %d" +
			" pixels after the noise; %,d training and %,d test pairs, %d epochs, one training each; %s. The supplement is" +
			" not public, so what is varied is what the paper mentions.", SIZES.box(size), SIZES.count(size),
			GuNetworks.tests(size), SIZES.epochs(size), size == ExperimentSize.FULL ? "`preset=paper`"
				: "the light network with `preset=fast`");
	}

	/** The GAN of a pair of alpha and beta. */
	private static Parameters pair(final Number alpha, final Number beta) {
		return Parameters.of("gan", "beta").with("alpha", alpha).with("beta", beta);
	}

	/** The trainings: options by name. */
	private static Map<String, Parameters> trainings(final ExperimentSize size) {
		final Map<String, Parameters> options = new LinkedHashMap<>();
		options.put("l1", Parameters.of("gan", "none"));
		for (final String lambda : LAMBDAS) options.put("lambda-" + lambda, pair(0.5, 0.5).with("lambda", lambda));
		if (size == ExperimentSize.SMOKE) {
			options.keySet().retainAll(List.of("l1", "lambda-0", PRINTED));
			return options;
		}
		options.put("js-alone", Parameters.of("gan", "js").with("lambda", 0));
		options.put("wgan-alone", Parameters.of("gan", "wgan").with("lambda", 0));
		PAIRS.keySet().stream().sorted().forEach(name -> options.put(name, PAIRS.get(name).with(
			GuMethod.PARITY)));
		if (size == ExperimentSize.FULL) {
			options.put("convnet", pair(0.5, 0.5).with("network", "convnet"));
			options.put("pggan", Parameters.of("preset", "pggan"));
			options.put("published-code", Parameters.of("preset", "published-code"));
		}
		return options;
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = SIZES.box(size), tests = GuNetworks.tests(size), count = SIZES.count(size);
		final double images = (double) count * SIZES.epochs(size);
		final double simulation = 2e-7 * GuNetworks.FULL_BOX * GuNetworks.FULL_BOX;
		final Parameters states = FiveStates.simulated(size, box, "0.1");
		final List<Step> steps = new ArrayList<>(FiveStates.maps(size, box));
		steps.add(Step.of(simulation * count, "simulate", states.with("count", count).with("seed", 1).with("output",
			new RunFile("training"))));
		steps.add(Step.of(simulation * tests, "simulate", states.with("count", tests).with("seed", 2).with("output",
			new RunFile("test"))));
		final List<Object> methods = new ArrayList<>(List.of("cleanmean", "oracle"));
		trainings(size).forEach((name, options) -> {
			final Parameters preset = options.has("preset") ? Parameters.NONE : Parameters.of("preset",
				size == ExperimentSize.FULL ? "paper" : "fast");
			steps.add(Step.of(seconds(name, size, box, images), "train", Parameters.of("noisy", new RunFile(
				"training/noisy.mrcs")).with("clean", new RunFile("training/clean.mrcs")).with(preset).with(options).with(
					"epochs", name.equals("l1") ? GuMethod.L1.epochs(SIZES.epochs(size)) : SIZES.epochs(size)).with("model",
						new RunFile(name + ".clearice"))));
			methods.add(new RunFile(name + ".clearice"));
		});
		steps.add(Step.of(1e-5 * tests * box * box, "evaluate", Parameters.of("reference", new RunFile("test/clean.mrcs"))
			.with("image", new RunFile("test/noisy.mrcs")).with("methods", methods).with("output", new RunFile("scores.tsv"))
			.with("summary", new RunFile("methods.tsv")).with("montage", new RunFile("montage.png"))));
		return steps;
	}

	private static double seconds(final String name, final ExperimentSize size, final int box, final double images) {
		if (size == ExperimentSize.FULL) return RuntimeEstimate.training(2 * (name.equals("pggan") ? 41.8 + 41.8 : name
			.equals("convnet") ? 1.2 : 2.8 + 1.3), images);
		return (name.equals("l1") ? RuntimeEstimate.Training.AUTOENCODER : name.startsWith("wgan")
			? RuntimeEstimate.Training.WASSERSTEIN : RuntimeEstimate.Training.GAN).seconds(box, name.equals("l1") ? 2 * images
				: images);
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final MethodScores means = MethodScores.read(report, "methods.tsv");
		final ImageScores images = ImageScores.read(report, "scores.tsv");
		report.finding(weight(size, images)).finding(collapse(size, images)).finding(pairs(size, images));
		if (size == ExperimentSize.FULL) report.finding(networks(images)).finding(presets(images));
		else report.finding(Finding.open("The ResNet is better than ConvNet and PGGAN.",
			"ConvNet and PGGAN are not trained at this size.",
			"All three to their plateau at 128 pixels: size=full, which needs a GPU."));
		report.heading("Scores").table(rows(size, means)).picture("montage.png", "Test particles by each training");
	}

	private static double[][] of(final ImageScores images, final String name) {
		return images.of(name + ".clearice");
	}

	private static Effect difference(final ImageScores images, final String first, final String second) {
		return Effect.ofDifference(first + " over " + second, of(images, first), of(images, second));
	}

	private static String sample(final ExperimentSize size) {
		return "1 training, " + GuNetworks.tests(size) + " images";
	}

	private static Finding weight(final ExperimentSize size, final ImageScores images) {
		ClaimTest test = ClaimTest.above(GuTable.EQUAL_DECIBELS, "lambda = 10 is the right weight of the autoencoder's" +
			" loss.",
			"PSNR at lambda = 10 above that at a tenth and at ten times of it; right means that both are worse by more" +
				" than " +
				GuTable.EQUAL_DECIBELS + " dB").on(sample(size)).decidedBy("The trainings at both: size=desk, with more" +
					" seeds.");
		for (final String lambda : List.of("lambda-1", "lambda-100")) if (trainings(size).containsKey(lambda)) test = test
			.found(difference(images, PRINTED, lambda));
		return test.finding();
	}

	private static Finding collapse(final ExperimentSize size, final ImageScores images) {
		ClaimTest test = ClaimTest.above(COLLAPSE_DECIBELS, "Without the autoencoder's loss, GANs collapse.",
			"PSNR of the l1 autoencoder above the GAN without a pixel loss; collapse means by more than " +
				COLLAPSE_DECIBELS + " dB").on(sample(size)).blind(difference(images, "l1", PRINTED)).decidedBy(
					"More seeds: the paper says often.");
		for (final String name : List.of("lambda-0", "js-alone", "wgan-alone")) if (trainings(size).containsKey(
			name)) test =
			test.found(difference(images, "l1", name));
		return test.finding();
	}

	private static Finding pairs(final ExperimentSize size, final ImageScores images) {
		ClaimTest test = ClaimTest.above(GuTable.EQUAL_DECIBELS,
			"Of the (alpha, beta)-GANs, (.5, .5) and (1, 1) are the best, at parity.",
			"PSNR of these two above each other member, with both gradients held alike; best means by more than " +
				GuTable.EQUAL_DECIBELS + " dB").on(sample(size)).decidedBy("The pairs at parity: size=desk, with more seeds.");
		for (final String best : List.of("pair-0.5-0.5", "pair-1-1")) for (final String name : trainings(size).keySet())
			if (name.startsWith("pair") && !List.of("pair-0.5-0.5", "pair-1-1").contains(name)) test = test.found(difference(
				images, best, name));
		return test.finding();
	}

	private static Finding networks(final ImageScores images) {
		return ClaimTest.above(GuTable.EQUAL_DECIBELS, "The ResNet is better than ConvNet and PGGAN.",
			"PSNR of the ResNet above the others; better means by more than " + GuTable.EQUAL_DECIBELS + " dB").on(sample(
				ExperimentSize.FULL)).found(difference(images, PRINTED, "convnet")).found(difference(images, PRINTED, "pggan"))
			.decidedBy("More seeds.").finding();
	}

	private static Finding presets(final ImageScores images) {
		return ClaimTest.within(GuTable.EQUAL_DECIBELS, "(Not in the paper.) What the published code does differently" +
			" does not change the result.", "PSNR with preset=published-code above preset=paper; no change means within " +
				GuTable.EQUAL_DECIBELS + " dB").on(sample(ExperimentSize.FULL)).found(difference(images, "published-code",
					PRINTED)).decidedBy("More seeds.").finding();
	}

	private static List<List<String>> rows(final ExperimentSize size, final MethodScores means) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("training", "options", "MSE, 1e-3", "PSNR, dB", "SSIM", "FRC 0.5, Å"));
		trainings(size).forEach((name, options) -> {
			final QualityScores mean = means.of(name + ".clearice");
			rows.add(List.of(name, "`" + options + "`", Finding.number(1000 * mean.meanSquaredError(), 3), Finding.number(mean
				.peakSignalToNoise(), 2), Finding.number(mean.similarity(), 4), Finding.number(mean.halfResolutionAngstrom(),
					1)));
		});
		return rows;
	}
}
