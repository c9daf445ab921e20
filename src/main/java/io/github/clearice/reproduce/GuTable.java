package io.github.clearice.reproduce;

import io.github.clearice.evaluate.contamination.StudyScores;
import io.github.clearice.evaluate.contamination.StudyScores.Comparison;
import io.github.clearice.evaluate.contamination.StudyScores.Row;
import io.github.clearice.evaluate.contamination.StudyScores.Score;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TextFile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** All methods side by side, on particles in five conformations. */
final class GuTable implements Experiment {

	private static final List<String> SNRS = List.of("0.1", "0.05");
	private static final List<String> NETWORKS = List.of("l2", "l1", "js", "wgan", "beta1", "beta0.5");
	/** Classical methods, by the beginnings of their names in the table of methods. */
	private static final List<String> CLASSICAL = List.of("mean image", "low-pass", "wiener", "non-local means", "K-SVD",
		"BM3D", "covariance Wiener", "covariance Wiener (oracle)");
	/** Models that were trained once more, to be tested on the particles of the classical methods. */
	private static final Map<String, String> ON_THE_SAME = Map.of("none", "l1 autoencoder, one training", "beta",
		"(.5, .5)-GAN + l1, one training");
	/** A method is far better than another above this, in dB. */
	private static final double CLEAR_GAIN_DECIBELS = 1;
	/** Two methods are called equal within this, in dB. */
	private static final double EQUAL_DECIBELS = 0.1;

	/** PSNR at SNR 0.1 and 0.05 in Table 1 of the paper. */
	private static final Map<String, String> PAPER = Map.ofEntries(Map.entry("BM3D", "14.54 / 12.13"), Map.entry("K-SVD",
		"17.57 / 14.61"), Map.entry("non-local means", "13.04 / 12.40"), Map.entry("covariance Wiener", "16.06 / 20.31"),
		Map.entry("l2", "25.10 / 23.67"), Map.entry("l1", "25.05 / 23.80"), Map.entry("js", "25.25 / 24.00"), Map.entry(
			"wgan", "25.42 / 24.06"), Map.entry("beta1", "25.30 / 24.07"), Map.entry("beta0.5", "25.27 / 24.07"));

	@Override
	public String name() {
		return "gu-table";
	}

	@Override
	public String title() {
		return "All methods side by side";
	}

	@Override
	public String source() {
		return "Gu et al. 2021, Table 1 and Fig. 3 a";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "RNA polymerase II (1WCM) in five conformations, its clamp turned rigidly by 30 degrees in equal steps," +
			" centred, without CTF, at SNR 0.1 and 0.05. The paper has five conformations of the polymerase of *Thermus" +
			" aquaticus*. " +
			size.of("32 pixels, a few pairs",
				"32 pixels of 8 Å, 1,500 training and 500 test pairs, the light network, 5 epochs",
				"128 pixels of 2 Å, 25,000 training and 1,500 test pairs, preset=paper") +
			"; scores of networks are means (sd over the seeds' means) on the last of their " +
			"pairs; classical methods, and two of the networks again, are scored on as many" +
			" other particles. BM3D and K-SVD are run twice: as in the paper, with a sigma " +
			"of 25 and 20 in images of 0 to 255 whatever the noise, and with the measured " +
			"noise.";
	}

	/**
	 * BM3D or K-SVD with the sigma that the paper gave it: so many of 255 grey levels of the clean images, which only
	 * these can tell.
	 */
	private static Step untuned(final String snr, final String method, final int greyLevels, final double seconds) {
		final String folder = "snr-" + snr;
		final Parameters parameters = Parameters.of("reference", new RunFile(folder + "/test/clean.mrcs")).with("image",
			new RunFile(folder + "/test/noisy.mrcs")).with("methods", method).with("output", new RunFile(folder +
				"/untuned-" +
				method + "-scores.tsv")).with("summary", new RunFile(folder + "/untuned-" + method + ".tsv"));
		return new Step("# evaluate", parameters.with("sigma", greyLevels + "/255 of the mean range of the clean images"),
			seconds, (context, listener) -> context.run("evaluate", parameters.with("sigma", (float) (greyLevels / 255.0 *
				range(context, snr))), listener));
	}

	private static double range(final RunContext context, final String snr) {
		try (ParticleStack clean = MrcParticleStack.open(context.file("snr-" + snr + "/test/clean.mrcs"))) {
			final float[] image = new float[clean.box() * clean.box()];
			double sum = 0;
			for (int i = 0; i < clean.size(); i++) {
				clean.read(i, image);
				sum += ImageStatistics.of(image).range();
			}
			return sum / clean.size();
		}
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 32, 128), tests = size.of(16, 500, 1500), count = size.of(24, 1500, 25000);
		final int epochs = size.of(1, 5, 20), seeds = size.of(1, 3, 3);
		final double images = (double) count * epochs, pixels = box * box;
		final double networks = size == ExperimentSize.FULL ? 2 * RuntimeEstimate.training(2.8, images) + 4 *
			RuntimeEstimate.training(8.4, images) : 2 * RuntimeEstimate.Training.AUTOENCODER.seconds(box, images) + 3 *
				RuntimeEstimate.Training.GAN.seconds(box, images) + RuntimeEstimate.Training.WASSERSTEIN.seconds(box, images);
		final List<Step> steps = new ArrayList<>();
		steps.add(FiveStates.maps(size, box));
		for (final String snr : size == ExperimentSize.SMOKE ? SNRS.subList(0, 1) : SNRS) {
			final String folder = "snr-" + snr;
			final Parameters states = FiveStates.simulated(snr);
			steps.add(Step.of(2e-7 * (count + tests) * pixels, "simulate", states.with("count", count + tests).with("seed", 1)
				.with("output", new RunFile(folder + "/pairs"))));
			steps.add(Step.of(2e-7 * tests * pixels, "simulate", states.with("count", tests).with("seed", 2).with("output",
				new RunFile(folder + "/test"))));
			final Parameters pairs = Parameters.of("noisy", new RunFile(folder + "/pairs/noisy.mrcs")).with("clean",
				new RunFile(folder + "/pairs/clean.mrcs"));
			final Parameters study = pairs.with("types", "A").with("fractions", 0);
			final Parameters extent = Parameters.of("seeds", seeds).with("tests", tests).with(size.paperPreset());
			steps.add(Step.of(size.of(1, 3, 3) * networks, "contamination", study.with("methods", size.of(List.of("l2", "l1",
				"beta0.5"), NETWORKS, NETWORKS)).with(extent).with("epochs", epochs).with("output", new RunFile(folder +
					"/study"))));
			if (size != ExperimentSize.SMOKE) steps.add(Step.of(seeds * networks / 5, "contamination", study.with("methods",
				"l1").with(extent).with("epochs", 2 * epochs).with("output", new RunFile(folder + "/twice"))));
			for (final String gan : List.of("none", "beta"))
				steps.add(Step.of(networks / 6, "train", pairs.with(size.paperPreset()).with("gan", gan).with("epochs", epochs)
					.with("model", new RunFile(folder + "/" + gan + ".clearice"))));
			steps.add(Step.of(1e-4 * tests * pixels, "evaluate", Parameters.of("reference", new RunFile(folder +
				"/test/clean.mrcs")).with("image", new RunFile(folder + "/test/noisy.mrcs")).with("methods", List.of("all",
					new RunFile(folder + "/none.clearice"), new RunFile(folder + "/beta.clearice"))).with("output", new RunFile(
						folder + "/scores.tsv")).with("summary", new RunFile(folder + "/methods.tsv")).with("montage", new RunFile(
							folder + "/montage.png"))));
			steps.add(untuned(snr, "bm3d", 25, 4e-5 * tests * pixels));
			steps.add(untuned(snr, "ksvd", 20, 4e-5 * tests * pixels));
		}
		return steps;
	}

	/** The scores at an SNR. */
	private record Scores(String snr, List<Row> networks, List<Comparison> tests, MethodScores classical,
		MethodScores bm3d, MethodScores ksvd)
	{

		static Scores read(final Report report, final String snr) {
			final RunContext context = report.context();
			final String folder = "snr-" + snr + "/";
			return new Scores(snr, StudyScores.readRows(context.file(folder + "study/table.tsv")), StudyScores
				.readComparisons(context.file(folder + "study/tests.tsv")), MethodScores.read(report, folder + "methods.tsv"),
				MethodScores.read(report, folder + "untuned-bm3d.tsv"), MethodScores.read(report, folder +
					"untuned-ksvd.tsv"));
		}

		double psnr(final String network) {
			return networks.stream().filter(row -> row.method().name().equals(network)).findFirst().orElseThrow(
				() -> RunContext.lacks("study/table.tsv", network)).peakSignalToNoise().mean();
		}

		String best() {
			return networks.stream().max(Comparator.comparingDouble(row -> row.peakSignalToNoise().mean())).orElseThrow()
				.method().name();
		}
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final List<Scores> all = (size == ExperimentSize.SMOKE ? SNRS.subList(0, 1) : SNRS).stream().map(snr -> Scores.read(
			report, snr)).toList();
		report.finding(networksWin(all)).finding(gansWin(all));
		if (size != ExperimentSize.SMOKE) report.finding(updates(all, report));
		report.finding(best(all)).finding(autoencoders(all)).finding(
			covariance(all));
		for (final Scores scores : all) {
			report.heading("SNR " + scores.snr).table(table(scores)).picture("snr-" + scores.snr + "/montage.png",
				"As Fig. 3 a of the paper; none.clearice is the l1 autoencoder, beta.clearice the (.5, .5)-GAN + l1");
		}
	}

	private static Finding networksWin(final List<Scores> all) {
		int held = 0, cases = 0;
		final List<String> words = new ArrayList<>();
		for (final Scores one : all) {
			for (final String model : ON_THE_SAME.keySet())
				for (final String method : List.of("BM3D", "K-SVD", "non-local means", "covariance Wiener")) {
					cases++;
					if (one.classical.psnr(model) > one.classical.psnr(method) + CLEAR_GAIN_DECIBELS) held++;
				}
			words.add(String.format(Locale.ROOT,
				"SNR %s: l1 autoencoder %.2f, (.5, .5)-GAN + l1 %.2f; covariance Wiener %.2f, the" +
					" linear oracle %.2f; BM3D and K-SVD untuned %.2f and %.2f, tuned %.2f and" +
					" %.2f", one.snr, one.classical.psnr(
						"none"), one.classical.psnr("beta"), one.classical.psnr("covariance Wiener"), one.classical.psnr(
							"covariance Wiener (oracle)"), one.bm3d.psnr("BM3D"), one.ksvd.psnr("K-SVD"), one.classical.psnr("BM3D"),
				one.classical.psnr("K-SVD")));
		}
		return Finding.ofCases("Networks are far better than BM3D, K-SVD, non-local means and CWF.", held, cases,
			"PSNR in dB on the same particles: " + String.join("; ", words) + ". Far means more than 1 dB.",
			"Covariance Wiener filtering, run properly, competes with networks of this size.");
	}

	private static Finding gansWin(final List<Scores> all) {
		int held = 0, cases = 0;
		final List<String> words = new ArrayList<>();
		for (final Scores one : all)
			for (final Comparison row : one.tests) {
				cases++;
				if (row.low() > 0) held++;
				words.add(String.format(Locale.ROOT, "%s at %s %+.2f (%+.2f to %+.2f)", GuMethods.label(row.method().name()),
					one.snr, row.difference(), row.low(), row.high()));
			}
		return Finding.ofCases("A GAN beside the l1 loss is better than the l1 autoencoder alone.", held, cases,
			"Difference in PSNR with its 95 % interval over seeds and images: " + String.join(", ", words) + ".",
			"The gain in the paper is 0.1 to 0.4 dB; its deviations are those of epochs, not of trainings.");
	}

	/** The generator of a GAN is updated twice a batch (k_g = 2), an autoencoder once. */
	private static Finding updates(final List<Scores> all, final Report report) {
		int held = 0, cases = 0;
		final List<String> words = new ArrayList<>();
		for (final Scores one : all) {
			final Score twice = StudyScores.readRows(report.context().file("snr-" + one.snr + "/twice/table.tsv")).get(0)
				.peakSignalToNoise();
			words.add("SNR " + one.snr + " l1 itself " + spread(twice, 1, 2));
			for (final Comparison row : one.tests) {
				final double difference = one.psnr(row.method().name()) - twice.mean();
				// On the same images, two standard deviations of the means over seeds are more than chance. One seed has none.
				if (Double.isFinite(twice.deviation())) cases++;
				if (difference > 2 * twice.deviation()) held++;
				words.add(String.format(Locale.ROOT, "%s %+.2f", GuMethods.label(row.method().name()), difference));
			}
		}
		return Finding.ofCases(
			"(Not in the paper.) The reason is its adversarial loss, not the two updates of its generator per " +
				"batch.", held, cases,
			"Difference in dB from an l1 autoencoder with twice the epochs, and so with as many updates as the" +
			" generators: " + String.join(
				", ", words) + "; the claim holds where it is more than twice the standard deviation over seeds.",
			"More updates of the l1 autoencoder gain as much as the GANs do.");
	}

	private static Finding best(final List<Scores> all) {
		final List<String> words = new ArrayList<>();
		int held = 0;
		for (final Scores one : all) {
			if (!one.best().startsWith("l")) held++;
			words.add("SNR " + one.snr + " " + GuMethods.label(one.best()) + " " + Finding.number(one.psnr(one.best()), 2));
		}
		return Finding.ofCases("The best of all is a GAN: WGANgp at SNR 0.1, the (1, 1)- and (.5, .5)-GANs at 0.05.", held,
			all.size(), "Best: " + String.join(", ", words) + " dB; the claim holds where any GAN is the best.", "");
	}

	private static Finding autoencoders(final List<Scores> all) {
		int held = 0;
		final List<String> words = new ArrayList<>();
		for (final Scores one : all) {
			final double difference = one.psnr("l2") - one.psnr("l1");
			if (Math.abs(difference) < EQUAL_DECIBELS) held++;
			words.add(String.format(Locale.ROOT, "%+.2f dB at SNR %s", difference, one.snr));
		}
		return Finding.ofCases("Without contamination the l1 and l2 autoencoders are equally good.", held, all.size(),
			"l2 minus l1: " + String.join(", ", words) + "; equally good means within 0.1 dB.", "");
	}

	private static Finding covariance(final List<Scores> all) {
		final List<String> words = new ArrayList<>();
		for (final Scores one : all) words.add(String.format(Locale.ROOT, "%.2f dB at SNR %s", one.classical.psnr(
			"covariance Wiener"), one.snr));
		final boolean falls = all.size() < 2 || all.get(0).classical.psnr("covariance Wiener") > all.get(1).classical.psnr(
			"covariance Wiener");
		return Finding.of("CWF is better at SNR 0.05 (20.31 dB) than at 0.1 (16.06 dB).", !falls, "Here: " + String.join(
			", ", words) + ".", "The two columns of the paper are probably swapped.");
	}

	private static List<List<String>> table(final Scores scores) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("method", "MSE, 1e-3", "PSNR, dB", "SSIM", "PSNR in the paper, SNR 0.1 / 0.05"));
		rows.add(classical("noisy", scores.classical, "noisy"));
		rows.add(classical("BM3D, sigma 25", scores.bm3d, "BM3D"));
		rows.add(classical("K-SVD, sigma 20", scores.ksvd, "K-SVD"));
		for (final String method : CLASSICAL)
			rows.add(classical(method, scores.classical, method));
		for (final String model : List.of("none", "beta"))
			rows.add(classical(ON_THE_SAME.get(model), scores.classical, model));
		for (final String method : NETWORKS)
			for (final Row row : scores.networks)
				if (row.method().name().equals(method)) rows.add(List.of(GuMethods.label(method), spread(row.meanSquaredError(),
					1000, 3), spread(row.peakSignalToNoise(), 1, 2), spread(row.similarity(), 1, 4), PAPER.get(method)));
		return rows;
	}

	private static List<String> classical(final String label, final MethodScores scores, final String method) {
		final QualityScores mean = scores.of(method);
		return List.of(label, Finding.number(1000 * mean.meanSquaredError(), 3), Finding.number(mean.peakSignalToNoise(),
			2), Finding.number(mean.similarity(), 4), PAPER.getOrDefault(label.contains("sigma") ? method : label.equals(
				"BM3D") || label.equals("K-SVD") ? "" : label, ""));
	}

	private static String spread(final Score score, final double scale, final int decimals) {
		return Finding.number(scale * score.mean(), decimals) + " (" + Finding.number(scale * score.deviation(), decimals) +
			")";
	}

	/** The networks of Gu et al. 2021, as the contamination study names them. */
	static final class GuMethods {

		private static final Map<String, String> LABELS = Map.of("l1", "l1 autoencoder", "l2", "l2 autoencoder", "beta0.5",
			"(.5, .5)-GAN + l1", "beta1", "(1, 1)-GAN + l1", "js", "(0, 0)-GAN + l1", "wgan", "WGANgp + l1");

		private GuMethods() {}

		/** The name in the paper. */
		static String label(final String method) {
			return LABELS.getOrDefault(method, method);
		}
	}

	/**
	 * RNA polymerase II in five conformations, its clamp (Cramer et al. 2001) turned rigidly by 30 degrees in equal
	 * steps.
	 */
	static final class FiveStates {

		private static final int STATES = 5;

		private FiveStates() {}

		/** Computes the maps. */
		static Step maps(final ExperimentSize size, final int box) {
			return Step.of(8, "map", Parameters.of("structure", new StructureFile("1wcm")).with("hinge", List.of("A:1-346",
				"A:1395-1435", "B:1151-1224")).with("angle", 30).with("exclude", List.of("water", "ligand")).with("box", box)
				.with(
					"pixel", size.of(8, 8, 2)).with("states", STATES).with("output", new RunFile("state.mrc")));
		}

		/** The first parameters of a simulation of particles of all states. */
		static Parameters simulated(final String snr) {
			return Parameters.of("source", IntStream.rangeClosed(1, STATES).mapToObj(state -> new RunFile("state-" + state +
				".mrc")).toList()).with("snr", snr);
		}

		/**
		 * Writes a STAR file in which all particles are seen from the same side, so that they differ in their conformation
		 * alone.
		 *
		 * @param file of the run
		 */
		static Step oneView(final String file, final int count, final double rotDegrees, final double tiltDegrees) {
			return Step.of(0, "# @" + file + ": " + count + " particles with rlnAngleRot " + rotDegrees + ", rlnAngleTilt " +
				tiltDegrees + ", rlnAnglePsi 0", (context, listener) -> {
					final StringBuilder star = new StringBuilder(
						"data_particles\n\nloop_\n_rlnImageName #1\n_rlnAngleRot #2\n_rlnAngleTilt #3\n_rlnAnglePsi #4\n");
					for (int i = 1; i <= count; i++)
						star.append(String.format(Locale.ROOT, "%06d@view.mrcs %s %s 0%n", i, rotDegrees, tiltDegrees));
					TextFile.write(context.file(file), star.toString());
				});
		}
	}
}
