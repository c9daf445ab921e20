package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.reproduce.Report.StackMontage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Noisy, recovered and true β-galactosidase, by the networks of the paper. */
final class SuRecovery implements Experiment {

	private static final List<String> LINEAR = List.of("low-pass", "wiener", "covariance Wiener (oracle)");
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
			" in units that it does not state; here it is an SNR of 0.1 (variances over the whole box). " + size.of(
				"Boxes of 32 pixels and the light network in place of pix2pix.",
				"Boxes of 128 pixels of 2 Å, the smallest that" +
					" the network of Su et al. takes; 4 epochs of pix2pix in place of 200 and 2 of Su et al. in place of 21;" +
					" 300 test particles.",
				"Boxes of 256 pixels of 1 Å; 200 epochs of pix2pix and 21 of the network of Su et al.; 300 test particles.") +
			" For comparison there are linear filters: the low-pass whose cut-off is best for these images, the" +
			" radial Wiener" +
			" filter, and the covariance Wiener filter that knows the true covariance (the linear oracle); and the" +
			" posterior mean over all" +
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
		final double pixels = box * box;
		final List<Step> steps = new ArrayList<>();
		final RunFile map = new RunFile("map.mrc"), noisy = new RunFile("test/noisy.mrcs");
		steps.add(Step.of(3, "map", Parameters.of("structure", new StructureFile("5a1a")).with("exclude",
			"water").with("box",
			box).with("pixel", size.of(8, 2, 1)).with("resolution", size.of(20, 10, 10)).with("output", map)));
		steps.add(Step.of(2e-7 * count * pixels, "simulate", Parameters.of("source", map).with("count", count).with("snr",
			0.1).with("seed", 1).with("output", new RunFile("training"))));
		steps.add(Step.of(2e-7 * tests * pixels, "simulate", Parameters.of("source", map).with("count", tests).with("snr",
			0.1).with("seed", 2).with("output", new RunFile("test"))));
		final List<Object> methods = new ArrayList<>(List.of("mean", "lowpass", "wiener", "oracle", "posterior"));
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
		report.finding(better(scores, methods)).finding(structure(scores, methods)).finding(distance(scores, methods));
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

	private static Finding better(final MethodScores scores, final List<Method> methods) {
		int held = 0;
		final List<String> gains = new ArrayList<>();
		for (final Method each : methods) {
			final double gain = scores.psnr(each.name) - scores.psnr("low-pass");
			if (gain > 0) held++;
			gains.add(String.format(Locale.ROOT, "%s %+.2f dB over the noisy images, %+.2f dB over the best low-pass",
				each.label, scores.psnr(each.name) - scores.psnr("noisy"), gain));
		}
		return Finding.ofCases("The relative signal of particles improves significantly.", held, methods.size(), String
			.join("; ", gains) + ". The claim holds for a method that also beats the low-pass, which every program" +
				" has.", "");
	}

	private static Finding structure(final MethodScores scores, final List<Method> methods) {
		int held = 0;
		final List<String> values = new ArrayList<>();
		double finest = Double.MAX_VALUE;
		for (final String linear : LINEAR) {
			final double here = scores.of(linear).halfResolutionAngstrom();
			finest = Math.min(finest, here);
			values.add((linear.startsWith("cov") ? "linear oracle" : linear) + " " + Finding.number(here, 1));
		}
		for (final Method each : methods) {
			final double here = scores.of(each.name).halfResolutionAngstrom();
			if (here < finest) held++;
			values.add(each.label + " " + Finding.number(here, 1));
		}
		return Finding.ofCases("Structural information is recovered.", held, methods.size(),
			"Mean resolution in Å at which results correlate with the truth by 0.5 in a ring: " + String.join(", ", values) +
				". The claim holds for a method whose resolution is finer than that of every " +
				"linear filter, because smoothing alone recovers nothing.",
			"Short trainings reach only what a filter reaches.");
	}

	private static Finding distance(final MethodScores scores, final List<Method> methods) {
		final double limit = scores.psnr("posterior");
		final List<String> values = new ArrayList<>();
		long near = 0;
		for (final Method each : methods) {
			final double missing = limit - scores.psnr(each.name);
			if (missing < 3) near++;
			values.add(each.label + " " + Finding.number(missing, 2));
		}
		return Finding.ofCases("(Not in the paper.) The networks come near to the best that can be done.", near, methods
			.size(), "Distance below the posterior mean, in dB: " + String.join(", ", values) +
				". The claim holds for a network that is less than 3 dB below it, which is twice the power of its errors.",
			"Networks learn views from pairs; the posterior mean is given the map.");
	}
}
