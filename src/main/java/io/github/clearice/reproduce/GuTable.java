package io.github.clearice.reproduce;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.ImageScores;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All methods side by side, on particles in five conformations.
 *
 * @param networks those that are trained
 */
record GuTable(GuNetworks networks) implements Experiment {

	/** Classical methods, by the beginnings of their names in the table of methods. */
	private static final List<String> CLASSICAL = List.of("mean of the clean images", "low-pass", "wiener",
		"non-local means", "K-SVD", "BM3D", "covariance Wiener", "covariance Wiener (oracle)", "posterior");
	/** A method is far better than another above this, in dB. */
	private static final double CLEAR_GAIN_DECIBELS = 1;
	/** Two methods are called equal within this, in dB; on every page. */
	static final double EQUAL_DECIBELS = 0.1;
	private static final String ORACLE = "covariance Wiener (oracle)";

	/** PSNR at SNR 0.1 and 0.05 in Table 1 of the paper. */
	private static final Map<String, String> PAPER = Map.of("BM3D", "14.54 / 12.13", "K-SVD", "17.57 / 14.61",
		"non-local means", "13.04 / 12.40", "covariance Wiener", "16.06 / 20.31");

	@Override
	public String name() {
		return "gu-table" + networks.suffix();
	}

	@Override
	public String title() {
		return "All methods side by side" + networks.title();
	}

	@Override
	public String source() {
		return "Gu et al. 2021, Table 1 and Fig. 3 a";
	}

	@Override
	public String account(final ExperimentSize size) {
		return FiveStates.ACCOUNT + " " + networks.account + String.format(Locale.ROOT,
			" The full-size experiment (128 pixels of 1.6 Å, SNR %s) is binned to %d pixels after the noise. %s (a GAN" +
				" updates it twice a batch).", String.join(" and ", snrs(size)), networks.box(size), networks.sizes(size)) +
			" Each GAN is trained as printed (lambda = 10, sums over pixels) and at parity, where the gradients of both" +
			" losses by the denoised image are held alike in each update (`parity=1`). BM3D and K-SVD are run twice: as in" +
			" the paper, with a sigma of 25 and 20 in images of 0 to 255 whatever the noise, and with the measured noise.";
	}

	private static List<String> snrs(final ExperimentSize size) {
		return size == ExperimentSize.FULL ? List.of("0.1", "0.05") : List.of("0.1");
	}

	private static List<GuMethod> methods(final ExperimentSize size) {
		final List<GuMethod> methods = new ArrayList<>(List.of(GuMethod.L2, GuMethod.L1));
		methods.addAll(GuMethod.both(size == ExperimentSize.SMOKE ? List.of(GuMethod.HALVES) : GuMethod.GANS));
		return methods;
	}

	/**
	 * BM3D or K-SVD with the sigma that the paper gave it: so many of 255 grey levels of the clean images, which only
	 * these can tell.
	 */
	private static Step untuned(final String folder, final String method, final int greyLevels, final double seconds) {
		final Parameters parameters = Parameters.of("reference", new RunFile(folder + "/test/clean.mrcs")).with("image",
			new RunFile(folder + "/test/noisy.mrcs")).with("methods", method).with("output", new RunFile(folder +
				"/untuned-" + method + "-scores.tsv")).with("summary", new RunFile(folder + "/untuned-" + method + ".tsv"));
		return new Step("# evaluate", parameters.with("sigma", greyLevels + "/255 of the mean range of the clean images"),
			seconds, (context, listener) -> context.run("evaluate", parameters.with("sigma", (float) (greyLevels / 255.0 *
				range(context, folder))), listener));
	}

	private static double range(final RunContext context, final String folder) {
		try (ParticleStack clean = MrcParticleStack.open(context.file(folder + "/test/clean.mrcs"))) {
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
		final int box = networks.box(size), tests = GuNetworks.tests(size), count = networks.count(size);
		final double pixels = box * box, simulation = 2e-7 * GuNetworks.FULL_BOX * GuNetworks.FULL_BOX;
		final List<Step> steps = new ArrayList<>(FiveStates.maps(size, box));
		for (final String snr : snrs(size)) {
			final String folder = "snr-" + snr;
			final Parameters states = FiveStates.simulated(size, box, snr);
			steps.add(Step.of(simulation * count, "simulate", states.with("count", count).with("seed", 1).with("output",
				new RunFile(folder + "/training"))));
			steps.add(Step.of(simulation * tests, "simulate", states.with("count", tests).with("seed", 2).with("output",
				new RunFile(folder + "/test"))));
			final RunFile noisy = new RunFile(folder + "/test/noisy.mrcs"), posterior = new RunFile(folder +
				"/posterior.mrcs");
			final Parameters pairs = Parameters.of("noisy", new RunFile(folder + "/training/noisy.mrcs")).with("clean",
				new RunFile(folder + "/training/clean.mrcs"));
			final List<Object> methods = new ArrayList<>(List.of("all", "cleanmean"));
			for (int seed = 1; seed <= GuNetworks.seeds(size); seed++) for (final GuMethod method : methods(size)) {
				final String file = folder + "/" + method.training(seed);
				steps.add(Step.of(seconds(method, size), "train", pairs.with("preset", networks.preset(size)).with(method
					.options()).with("epochs", method.epochs(networks.epochs(size))).with("seed", seed).with("folder",
						new RunFile(file)).with("model", new RunFile(file + ".clearice"))));
				methods.add(new RunFile(file + ".clearice"));
			}
			steps.add(Step.of(4e-5 * tests * pixels, "denoise", Parameters.of("input", noisy).with("method",
				"posterior").with(
				"map", FiveStates.binned()).with("order", size.of(0, 3, 4)).with("output", posterior)));
			steps.add(Step.of(1e-4 * tests * pixels, "evaluate", Parameters.of("reference", new RunFile(folder +
				"/test/clean.mrcs")).with("image", List.of(noisy, posterior)).with("methods", methods).with("output",
					new RunFile(folder + "/scores.tsv")).with("summary", new RunFile(folder + "/methods.tsv")).with("montage",
						new RunFile(folder + "/montage.png"))));
			steps.add(untuned(folder, "bm3d", 25, 4e-5 * tests * pixels));
			steps.add(untuned(folder, "ksvd", 20, 4e-5 * tests * pixels));
		}
		return steps;
	}

	private double seconds(final GuMethod method, final ExperimentSize size) {
		return method.seconds(networks.areUsed(size), networks.box(size), (double) networks.count(size) * method.epochs(
			networks.epochs(size)));
	}

	/** The scores at an SNR. */
	private record Scores(String snr, int seeds, ImageScores images, MethodScores means, MethodScores bm3d,
		MethodScores ksvd, Map<String, double[]> ratios)
	{

		/** The models' names among the scores: those of their files. */
		double[][] of(final GuMethod method) {
			return images.of(method.models(seeds));
		}

		double[][] of(final String classical) {
			return images.of(classical);
		}

		/** How much the first is above the second. */
		Effect difference(final GuMethod first, final GuMethod second) {
			return Effect.ofDifference(first.label(), of(first), of(second));
		}

		String sample() {
			return seeds + " trainings, " + images.of("noisy")[0].length + " images";
		}
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		for (final String snr : snrs(size)) {
			final String folder = "snr-" + snr + "/";
			final Scores scores = new Scores(snr, GuNetworks.seeds(size), ImageScores.read(report, folder +
				"scores.tsv"), MethodScores.read(report, folder + "methods.tsv"), MethodScores.read(report, folder +
					"untuned-bm3d.tsv"), MethodScores.read(report, folder + "untuned-ksvd.tsv"), ratios(size, report, folder));
			final List<GuMethod> gans = methods(size).stream().filter(GuMethod::isGan).toList();
			final List<GuMethod> printed = gans.stream().filter(gan -> !gan.options().has("parity")).toList();
			final List<GuMethod> parity = gans.stream().filter(gan -> gan.options().has("parity")).toList();
			final String at = snrs(size).size() > 1 ? " (SNR " + snr + ")" : "";
			report.finding(networksWin(scores, at)).finding(covariance(scores, at)).finding(gansWin(scores, printed,
				" as printed" + at)).finding(gansWin(scores, parity, " at parity" + at)).finding(autoencoders(scores, at));
			report.heading("SNR " + snr).table(table(scores, size)).picture(folder + "montage.png",
				"As Fig. 3 a of the paper");
			report.heading("How strongly the discriminator pulls, SNR " + snr).paragraph(
				"The mean norm of the gradient of the adversarial loss by a denoised image, divided by that of the weighted" +
					" pixel loss, at the first and at the last validation of the first seed. Parity is held by a weight that" +
					" is the inverse of this ratio, at most 10,000.").table(pulls(scores, gans));
		}
	}

	private static Map<String, double[]> ratios(final ExperimentSize size, final Report report, final String folder) {
		final Map<String, double[]> ratios = new LinkedHashMap<>();
		for (final GuMethod method : methods(size)) if (method.isGan()) {
			final double[] found = TsvTable.read(report.context().file(folder + method.training(1) + "/" +
				Step.METRICS)).rows()
				.stream().mapToDouble(row -> ratio(row.text("gradient_ratio"))).filter(Double::isFinite).toArray();
			ratios.put(method.name(), found.length == 0 ? new double[] { Double.NaN } : found);
		}
		return ratios;
	}

	private static double ratio(final String text) {
		return text.matches("-?(nan|inf)") ? Double.NaN : Double.parseDouble(text);
	}

	private static Finding networksWin(final Scores scores, final String at) {
		ClaimTest test = ClaimTest.above(CLEAR_GAIN_DECIBELS,
			"Networks are far better than BM3D, K-SVD and non-local means" + at + ".",
			"the PSNR of the l1 autoencoder above that of each of the three, run with the measured noise; far means more" +
				" than 1 dB").on(scores.sample()).ideal(Effect.ofDifference("posterior mean over BM3D", scores.of(
					"posterior"), scores.of("BM3D"))).blind(Effect.ofDifference("mean of the clean images over BM3D", scores.of(
						"mean of"), scores.of("BM3D"))).remark(String.format(Locale.ROOT,
							"With the sigmas of the paper, BM3D and K-SVD have %.2f and %.2f dB, with the measured noise %.2f and" +
								" %.2f dB.", scores.bm3d.psnr("BM3D"), scores.ksvd.psnr("K-SVD"), scores.means.psnr("BM3D"),
							scores.means.psnr("K-SVD"))).decidedBy("A size at which one image for all is not as good: size=full.");
		for (final String method : List.of("BM3D", "K-SVD", "non-local means")) test = test.found(Effect.ofDifference(
			"over " + method, scores.of(GuMethod.L1), scores.of(method)));
		return test.finding();
	}

	private static Finding covariance(final Scores scores, final String at) {
		return ClaimTest.above(CLEAR_GAIN_DECIBELS, "Networks are far better than CWF" + at + ".",
			"the PSNR of the l1 autoencoder above that of CWF; far means more than 1 dB").on(scores.sample()).found(Effect
				.ofDifference("l1 autoencoder over CWF", scores.of(GuMethod.L1), scores.of("covariance Wiener"))).ideal(Effect
					.ofDifference("posterior mean over CWF", scores.of("posterior"), scores.of("covariance Wiener"))).blind(
						Effect.ofDifference("mean of the clean images over CWF", scores.of("mean of"), scores.of(
							"covariance Wiener"))).remark(String.format(Locale.ROOT,
								"The paper's 16.06 dB for CWF at SNR 0.1 and 20.31 dB at 0.05 cannot both be right; here it has" +
									" %.2f dB, and the best linear filter %.2f dB.", scores.means.psnr("covariance Wiener"),
								scores.means.psnr(ORACLE))).decidedBy("Longer trainings, and size=full.").finding();
	}

	/** The best of the GANs, chosen on these images, is an upper limit of what a GAN gains. */
	private static Finding gansWin(final Scores scores, final List<GuMethod> gans, final String at) {
		ClaimTest test = ClaimTest.above(EQUAL_DECIBELS, "A GAN beside the l1 loss is better than the l1 autoencoder," + at
			+ ".", "the PSNR of each GAN above that of the l1 autoencoder after as many updates of its network; better" +
				" means more than " + EQUAL_DECIBELS + " dB, as in the paper (0.20 to 0.37 dB at SNR 0.1)").on(scores.sample())
			.ideal(Effect.ofDifference("posterior mean", scores.of("posterior"), scores.of(GuMethod.L1))).remark(
				"Gradient of the adversarial loss in units of the pixel loss's: " + String.join(", ", gans.stream().map(
					gan -> gan.label() + " " + ratio(last(scores.ratios.get(gan.name())))).toList()) + ".").decidedBy(
						"More seeds: the interval is that of the seeds. Then size=full.");
		for (final GuMethod gan : gans) test = test.found(scores.difference(gan, GuMethod.L1));
		return test.finding();
	}

	private static Finding autoencoders(final Scores scores, final String at) {
		return ClaimTest.within(EQUAL_DECIBELS, "Without contamination the l1 and l2 autoencoders are equally good" + at +
			".", "the PSNR of l2 above l1 after as many updates; equal means within " + EQUAL_DECIBELS + " dB").on(scores
				.sample()).found(scores.difference(GuMethod.L2, GuMethod.L1)).decidedBy("More seeds.").finding();
	}

	private static double last(final double[] values) {
		return values[values.length - 1];
	}

	private static String ratio(final double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2g", value);
	}

	private static List<List<String>> pulls(final Scores scores, final List<GuMethod> gans) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("method", "first", "last"));
		for (final GuMethod gan : gans) rows.add(List.of(gan.label(), ratio(scores.ratios.get(gan.name())[0]), ratio(last(
			scores.ratios.get(gan.name())))));
		return rows;
	}

	private static List<List<String>> table(final Scores scores, final ExperimentSize size) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("method", "MSE, 1e-3", "PSNR, dB, with its 95 % interval", "SSIM",
			"PSNR in the paper, SNR 0.1 / 0.05"));
		rows.add(classical("noisy", scores.means, "noisy", scores));
		rows.add(classical("BM3D, sigma 25", scores.bm3d, "BM3D", null));
		rows.add(classical("K-SVD, sigma 20", scores.ksvd, "K-SVD", null));
		for (final String method : CLASSICAL) rows.add(classical(method, scores.means, method, scores));
		for (final GuMethod method : methods(size)) {
			final List<QualityScores> models = method.models(scores.seeds).stream().map(scores.means::of).toList();
			rows.add(List.of(method.label(), Finding.number(1000 * models.stream().mapToDouble(
				QualityScores::meanSquaredError)
				.average().orElseThrow(), 3), interval(scores.of(method)), Finding.number(models.stream().mapToDouble(
					QualityScores::similarity).average().orElseThrow(), 4), method.paper()));
		}
		return rows;
	}

	private static String interval(final double[][] values) {
		return Effect.ofMean("", values).figures(2);
	}

	private static List<String> classical(final String label, final MethodScores means, final String method,
		final Scores scores)
	{
		final QualityScores mean = means.of(method);
		return List.of(label, Finding.number(1000 * mean.meanSquaredError(), 3), scores == null ? Finding.number(mean
			.peakSignalToNoise(), 2) : interval(scores.of(method)), Finding.number(mean.similarity(), 4), PAPER.getOrDefault(
				label.contains("sigma") ? method : label.equals("BM3D") || label.equals("K-SVD") ? "" : label, ""));
	}

	/**
	 * RNA polymerase II in five conformations, its clamp (Cramer et al. 2001) turned rigidly by 30 degrees in equal
	 * steps, at the paper's pixel size.
	 */
	static final class FiveStates {

		/** The particles and those of the paper. */
		static final String ACCOUNT = "RNA polymerase II (1WCM) in five conformations, its clamp turned rigidly by 30" +
			" degrees in equal steps, centred, without CTF. The paper has the holoenzyme of *Thermus aquaticus*, from open" +
			" (1L9U) to closed (4XLN) with three conformations between from a simulation of molecular dynamics, in boxes of" +
			" 128 pixels of 1.6 Å.";

		private static final int STATES = 5;

		private FiveStates() {}

		/** Computes the maps at full size, and binned to a box, as the posterior mean needs them. */
		static List<Step> maps(final ExperimentSize size, final int box) {
			final int full = size.of(64, GuNetworks.FULL_BOX, GuNetworks.FULL_BOX);
			final Parameters maps = Parameters.of("structure", new StructureFile("1wcm")).with("hinge", List.of("A:1-346",
				"A:1395-1435", "B:1151-1224")).with("angle", 30).with("exclude", List.of("water", "ligand")).with("box", full)
				.with("pixel", size.of(3.2, 1.6, 1.6)).with("states", STATES);
			return List.of(Step.of(15, "map", maps.with("output", new RunFile("state.mrc"))), Step.of(15, "map", maps.with(
				"bin", full / box).with("output", new RunFile("binned.mrc"))));
		}

		/** The first parameters of a simulation of particles of all states, binned to a box. */
		static Parameters simulated(final ExperimentSize size, final int box, final String snr) {
			return Parameters.of("source", files("state")).with("snr", snr).with("bin", size.of(64, GuNetworks.FULL_BOX,
				GuNetworks.FULL_BOX) / box);
		}

		/** The binned maps. */
		static List<RunFile> binned() {
			return files("binned");
		}

		private static List<RunFile> files(final String name) {
			return IntStream.rangeClosed(1, STATES).mapToObj(state -> new RunFile(name + "-" + state + ".mrc")).toList();
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
