package io.github.clearice.reproduce;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.ImageScores;
import io.github.clearice.reproduce.Report.MethodScores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Networks trained on refined particles and projections of their map, compared on others, and the map of the particles
 * that one of them denoised.
 *
 * @param given particles of the user's; null where poses and CTFs are drawn
 */
record GuRealParticles(RefinedSet given) implements Experiment {

	static final String NAME = "gu-real-particles";

	/**
	 * A network.
	 *
	 * @param name of its file
	 * @param options of its training
	 */
	private record Network(String name, String label, Parameters options) {

		String file() {
			return name + ".clearice";
		}
	}

	/** The networks of the paper, which reconstructs the results of the last one. */
	private static final List<Network> NETWORKS = List.of(new Network("l1", "l1 autoencoder", Parameters.of("loss",
		"l1")), new Network(
		"l2", "l2 autoencoder", Parameters.of("loss", "l2")), new Network("js", "(0, 0)-GAN + l1", Parameters.of("gan",
			"js")), new Network("beta1", "(1, 1)-GAN + l1", Parameters.of("gan", "beta").with("alpha", 1).with("beta", 1)),
		new Network("wgan", "WGANgp + l1", Parameters.of("gan", "wgan")), new Network(
				"beta0.5", "(.5, .5)-GAN + l1", Parameters.of("gan", "beta").with("alpha", 0.5).with("beta", 0.5)));
	private static final String NOISY = "noisy", DENOISED = "denoised";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String title() {
		return "Refined particles, their map, and a map of denoised particles";
	}

	@Override
	public String source() {
		return "Gu et al. 2021, Fig. 4";
	}

	@Override
	public Experiment on(final RefinedSet particles) {
		return new GuRealParticles(particles);
	}

	@Override
	public String parameters() {
		return data(ExperimentSize.SMOKE).parameters(Experiment.super.parameters());
	}

	private RefinedData data(final ExperimentSize size) {
		return new RefinedData(given, size.of(24, 2000, 19_500), size.of(8, 500, 5000));
	}

	private static List<Network> networks(final ExperimentSize size) {
		final int last = NETWORKS.size();
		return size == ExperimentSize.FULL ? NETWORKS : size == ExperimentSize.DESK ? List.of(NETWORKS.get(0), NETWORKS.get(
			1), NETWORKS.get(last - 1)) : NETWORKS.subList(last - 1, last);
	}

	@Override
	public String account(final ExperimentSize size) {
		final RefinedData data = data(size);
		return String.format(Locale.ROOT,
			"Networks are shown %,d particles and, as references, projections of the map at their poses, without CTF; they" +
				" are compared on %,d others, normalised, with projections on the scale of these. What the (.5, .5)-GAN + l1" +
				" makes of the others is reconstructed at their poses, as they are themselves. The paper trains on 19,500" +
				" particles of EMPIAR-10028 and reconstructs 100,000. %s %s", data.training(), data.test(), data.account(size),
			size.of("The light network, one epoch.", "The light network, 5 epochs.", "`preset=paper`, 20 epochs."));
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final RefinedData data = data(size);
		final int box = data.box(size);
		final double images = data.training() * size.of(1.0, 5.0, 20.0), pixels = (double) box * box;
		final List<Step> steps = new ArrayList<>(data.steps(size));
		final List<Object> methods = new ArrayList<>(List.of("mean", "lowpass", "wiener"));
		final RunFile map = new RunFile("map.mrc"), tested = new RunFile(data.tested());
		Parameters preset = Parameters.of("preset", size.of("fast", "fast", "paper"));
		if (size == ExperimentSize.SMOKE) preset = preset.with("batch", 8);
		for (final Network network : networks(size)) {
			final RuntimeEstimate.Training kind = network.name.equals("wgan") ? RuntimeEstimate.Training.WASSERSTEIN
				: network.options.has("gan") ? RuntimeEstimate.Training.GAN : RuntimeEstimate.Training.AUTOENCODER;
			steps.add(Step.of(kind.seconds(box, images), "train", Parameters.of("star",
				new RunFile(data.learnt())).with("map", map)
				.with(preset).with("epochs", size.of(1, 5, 20)).with(network.options).with("model", new RunFile(network
					.file()))));
			methods.add(new RunFile(network.file()));
		}
		steps.add(Step.of(2e-6 * data.test() * pixels, "evaluate", Parameters.of("reference",
			new RunFile(data.projections()))
			.with("image", tested).with("methods", methods).with("output", new RunFile("scores.tsv")).with("summary",
				new RunFile("methods.tsv")).with("montage", new RunFile("montage.png"))));
		final Object last = methods.get(methods.size() - 1);
		steps.add(Step.of(3, "denoise", Parameters.of("input", tested).with("method", last).with("output", new RunFile(
			"denoised.mrcs"))));
		for (final String set : List.of(NOISY, DENOISED)) {
			final RunFile star = set.equals(NOISY) ? tested : new RunFile("denoised.star");
			final RunFile whole = new RunFile(set + "-map.mrc");
			steps.add(Step.of(4e-8 * box * pixels * data.test(), "reconstruct", Parameters.of("star", star).with("symmetry",
				data.symmetry()).with("output", whole)));
			steps.add(Step.of(1, "fsc", Parameters.of("first", new RunFile(set + "-map_half1.mrc")).with("second",
				new RunFile(set +
				"-map_half2.mrc")).with("output", new RunFile(set + "-halves.tsv"))));
			steps.add(Step.of(1, "fsc", Parameters.of("first", whole).with("second", map).with("output", new RunFile(set +
				"-truth.tsv"))));
		}
		return steps;
	}

	/** The shell correlations of the maps of one kind of images. */
	private record MapCurves(String images, ShellCorrelation halves, ShellCorrelation truth) {

		static MapCurves read(final Report report, final String images) {
			final RunContext context = report.context();
			return new MapCurves(images, ResolutionCurves.read(context.file(images + "-halves.tsv")), ResolutionCurves.read(
				context.file(images + "-truth.tsv")));
		}

		List<String> row() {
			return List.of(images, number(halves.resolutionAngstrom(ShellCorrelation.ONE_SEVENTH)), number(halves
				.resolutionAngstrom(ShellCorrelation.HALF)), number(truth.resolutionAngstrom(ShellCorrelation.HALF)));
		}

		List<LinePlot.Series> curves() {
			return List.of(curve(images + ", halves", halves), curve(images + ", with the map", truth));
		}

		private static LinePlot.Series curve(final String name, final ShellCorrelation correlation) {
			return new LinePlot.Series(name, IntStream.range(0, correlation.values().length).mapToDouble(
				correlation::frequencyPerAngstrom).toArray(), correlation.values(), null);
		}
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final MethodScores scores = MethodScores.read(report, "methods.tsv");
		final MapCurves noisy = MapCurves.read(report, NOISY), denoised = MapCurves.read(report, DENOISED);
		report.finding(best(ImageScores.read(report, "scores.tsv"), size)).finding(resolution(noisy.halves,
			denoised.halves)).finding(truth(noisy.truth,
			denoised.truth));
		report.heading("Images").paragraph("Linear filters leave the CTFs in.").table(scores.rows()).picture("montage.png",
			"The first of the particles that were not trained on: noisy, by each method, and the projection of the map");
		report.heading("Maps").table(List.of(List.of("images", "halves, FSC 0.143, Å", "halves, FSC 0.5, Å",
			"with the map, FSC 0.5, Å"), noisy.row(), denoised.row()));
		report.context().plots().write(report.context().file("fsc.png"), "spatial frequency (1/Å)",
			"Fourier shell correlation", Stream.of(noisy, denoised).flatMap(map -> map.curves().stream()).toList());
		report.picture("fsc.png", "Shell correlations of maps of noisy and of denoised particles");
	}

	private static String number(final double angstrom) {
		return Finding.number(angstrom, 1);
	}

	private static Finding best(final ImageScores images, final ExperimentSize size) {
		ClaimTest test = ClaimTest.above(0, "WGANgp and the (.5, .5)-GAN, both with l1, are better than the autoencoders.",
			"the PSNR of both above that of the better autoencoder").on("1 training each, " + images.of("noisy")[0].length +
				" images").decidedBy("All networks, with more seeds: size=full.");
		final List<String> names = networks(size).stream().map(Network::name).toList();
		final String better = names.contains("l1") ? mean(images, "l1") > mean(images, "l2") ? "l1" : "l2" : null;
		for (final String gan : List.of("wgan", "beta0.5")) if (better != null && names.contains(gan)) test = test.found(
			Effect.ofDifference(gan + " over " + better, images.of(gan), images.of(better)));
		return test.finding();
	}

	private static double mean(final ImageScores images, final String name) {
		return Arrays.stream(images.of(name)[0]).average().orElseThrow();
	}

	private static Finding resolution(final ShellCorrelation noisy, final ShellCorrelation denoised) {
		return asGood("The map of denoised particles has the resolution of that of the particles, by FSC 0.143.", noisy,
			denoised, ShellCorrelation.ONE_SEVENTH,
			"Half-sets that are split before the training: those of one network agree on what it has learnt.");
	}

	private static Finding truth(final ShellCorrelation noisy, final ShellCorrelation denoised) {
		return asGood("(Not in the paper.) It is as near to the map that was refined, by FSC 0.5.", noisy, denoised,
			ShellCorrelation.HALF, "References that are not projections of the map that is compared with.");
	}

	private static Finding asGood(final String claim, final ShellCorrelation noisy, final ShellCorrelation denoised,
		final double threshold, final String remedy)
	{
		final double before = noisy.resolutionAngstrom(threshold), after = denoised.resolutionAngstrom(threshold);
		return Finding.open(claim, String.format(Locale.ROOT, "One map each: %.1f Å and %.1f Å.", after, before), remedy);
	}
}
