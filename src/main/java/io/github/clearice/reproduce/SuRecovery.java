package io.github.clearice.reproduce;

import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.ImageScores;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.reproduce.Report.StackMontage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Noisy, recovered and true β-galactosidase, by the networks of the paper. */
final class SuRecovery implements Experiment {

	private static final String ORACLE = "covariance Wiener (oracle)";
	private static final double NEAR_DECIBELS = 3;
	private static final int[] PICTURES = { 0, 1, 2 };
	/** To move forty million weights, with batches of one image. */
	private static final double UPDATE_SECONDS = 0.08;

	/**
	 * A way to train.
	 *
	 * @param name of its model
	 * @param label for the page
	 * @param options of the training
	 * @param seconds that it takes
	 */
	private record Method(String name, String label, Parameters options, double seconds) {

		RunFile model() {
			return new RunFile(name + ".clearice");
		}
	}

	@Override
	public String name() {
		return "su-recovery";
	}

	@Override
	public String title() {
		return "Recovered particles";
	}

	@Override
	public String source() {
		return "Su et al. 2018, Fig. 2";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "β-galactosidase (5A1A) low-passed to 10 Å, white noise, uniform views; networks are trained on " +
			size.of("a few", "2,000", "2,000") +
			" pairs and tested on views that they have not seen. The paper's noise has a sigma of 200" +
			" in units that it does not state; here it is an SNR of 0.1 in boxes of 256 pixels of 1 Å (variances over the" +
			" whole box). " + size.of(
				"A small stand-in, and the light network in place of pix2pix.",
				"This is binned to 128 pixels of 2 Å after the noise, the smallest box that" +
					" the network of Su et al. takes; 4 epochs of pix2pix in place of 200 and 2 of Su et al. in place of 21;" +
					" 300 test particles.",
				"200 epochs of pix2pix and 21 of the network of Su et al.; 300 test particles.") +
			" For comparison there are linear filters: the low-pass whose cut-off is best for these images, the" +
			" radial Wiener filter, and the covariance Wiener filter that knows the true covariance (the linear oracle);" +
			" and the posterior mean over all" +
			" views of the map, which no denoiser can beat and which puts the map into everything.";
	}

	private static List<Method> methods(final ExperimentSize size) {
		final int count = size.of(24, 2000, 2000), box = size.of(32, 128, 256);
		if (size == ExperimentSize.SMOKE) return List.of(new Method("pix2pix", "conditional GAN",
			Parameters.of("preset", "pix2pix").with("network", "light").with("discriminator",
				"light-conditional").with("batch", 8)
				.with("epochs", 1), 2));
		final double part = (double) box * box / 256 / 256, pix2pixImages = count * size.of(0.0, 4.0, 200.0), suImages =
			count * size.of(0.0, 2.0, 21.0);
		return List.of( //
			new Method("pix2pix", "pix2pix", preset("pix2pix", size, 4), RuntimeEstimate.training(part *
				(5.95 + 3.13), pix2pixImages) + UPDATE_SECONDS * pix2pixImages), //
			new Method("su2018", "network of Su et al.", preset("su2018", size, 2), RuntimeEstimate
				.training(part * (6.44 + 8.3), suImages) + UPDATE_SECONDS * suImages), //
			new Method("light", "light l1 autoencoder", Parameters.of("preset", "fast").with("network",
				"light").with("epochs", 12),
				RuntimeEstimate.Training.AUTOENCODER.seconds(box, 12 * count)));
	}

	/** The epochs of the preset are for the size of the paper. */
	private static Parameters preset(final String name, final ExperimentSize size, final int deskEpochs) {
		return Parameters.of("preset", name).with(size == ExperimentSize.DESK ? Parameters.of("epochs", deskEpochs)
			: Parameters.NONE);
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 128, 256), count = size.of(24, 2000, 2000), tests = size.of(16, 300, 300);
		final int bin = size.of(2, 2, 1), full = bin * box;
		final double pixels = box * box, simulation = 2e-7 * full * full;
		final List<Step> steps = new ArrayList<>();
		final RunFile map = new RunFile("binned.mrc"), noisy = new RunFile("test/noisy.mrcs");
		final Parameters structure = Parameters.of("structure", new StructureFile("5a1a")).with("exclude", "water").with(
			"box", full).with("pixel", size.of(4, 1, 1)).with("resolution", 10);
		steps.add(Step.of(20, "map", structure.with("output", new RunFile("map.mrc"))));
		steps.add(Step.of(20, "map", structure.with("bin", bin).with("output", map)));
		final Parameters simulated = Parameters.of("source", new RunFile("map.mrc")).with("snr", 0.1).with("bin", bin);
		steps.add(Step.of(simulation * count, "simulate", simulated.with("count", count).with("seed", 1).with("output",
			new RunFile("training"))));
		steps.add(Step.of(simulation * tests, "simulate", simulated.with("count", tests).with("seed", 2).with("output",
			new RunFile("test"))));
		final List<Object> methods = new ArrayList<>(List.of("cleanmean", "lowpass", "wiener", "oracle", "posterior"));
		for (final Method each : methods(size)) {
			steps.add(Step.of(each.seconds, "train", Parameters.of("noisy", new RunFile("training/noisy.mrcs")).with("clean",
				new RunFile("training/clean.mrcs")).with(each.options).with("model", each.model())));
			steps.add(Step.of(2e-7 * tests * pixels, "denoise", Parameters.of("input", noisy).with("method", each.model())
				.with("output", new RunFile(each.name + ".mrcs"))));
			methods.add(each.model());
		}
		steps.add(Step.of(0.1, "denoise", Parameters.of("input", noisy).with("method", "wiener").with("output", new RunFile(
			"wiener.mrcs"))));
		steps.add(Step.of(1e-5 * tests * pixels, "evaluate", Parameters.of("reference",
			new RunFile("test/clean.mrcs")).with(
			"image", noisy).with("methods", methods).with("map", map).with("order", size.of(0, 3, 3)).with("output",
				new RunFile("scores.tsv")).with("summary", new RunFile("methods.tsv"))));
		return steps;
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final MethodScores scores = MethodScores.read(report, "methods.tsv");
		final List<Method> methods = methods(size);
		final ImageScores images = ImageScores.read(report, "scores.tsv");
		report.finding(gain(images, methods, 0, "low-pass", "The relative signal of particles improves significantly.",
			"the PSNR of each network's results above that of the best low-pass, which every program has")).finding(gain(
				images,
				methods, 0, ORACLE, "Structural information is recovered.",
				"the PSNR of each network's results above that of the best linear filter: smoothing alone recovers nothing"))
			.finding(distance(images, methods));
		report.heading("Scores").table(scores.rows());
		final Map<String, String> rows = new LinkedHashMap<>();
		rows.put("noisy", "test/noisy.mrcs");
		rows.put("radial Wiener", "wiener.mrcs");
		for (final Method each : methods) rows.put(each.label, each.name + ".mrcs");
		rows.put("original projection", "test/clean.mrcs");
		StackMontage.write(report.context(), "views.png", PICTURES, rows);
		report.heading("Pictures").picture("views.png",
			"Three views that no network was trained on; each image has a contrast of its own");
	}

	private static String sample(final ImageScores images) {
		return "1 training each, " + images.of("noisy")[0].length + " images";
	}

	private static Finding gain(final ImageScores images, final List<Method> methods, final double threshold,
		final String over, final String claim, final String rule)
	{
		ClaimTest test = ClaimTest.above(threshold, claim, rule).on(sample(images)).ideal(Effect.ofDifference(
			"the posterior mean", images.of("posterior"), images.of(over))).blind(Effect.ofDifference(
				"the mean of the clean images", images.of("mean of"), images.of(over))).decidedBy(
					"Trainings to their plateau: pix2pix and the network of Su et al. are stopped early at size=desk;" +
						" size=full.");
		for (final Method each : methods) test = test.found(Effect.ofDifference(each.label, images.of(each.name), images.of(
			over)));
		return test.finding();
	}

	private static Finding distance(final ImageScores images, final List<Method> methods) {
		ClaimTest test = ClaimTest.below(NEAR_DECIBELS,
			"(Not in the paper.) The networks come near to the best that can be done.",
			"the PSNR of the posterior mean above that of each network; near means by less than " + NEAR_DECIBELS +
				" dB, twice the power of the errors").on(sample(images)).blind(Effect.ofDifference("the best linear filter",
					images.of("posterior"), images.of(ORACLE))).decidedBy("Trainings to their plateau: size=full.");
		for (final Method each : methods) test = test.found(Effect.ofDifference(each.label, images.of("posterior"), images
			.of(each.name)));
		return test.finding();
	}
}
