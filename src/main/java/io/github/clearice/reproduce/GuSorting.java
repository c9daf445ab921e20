package io.github.clearice.reproduce;

import io.github.clearice.evaluate.Resampling.Interval;
import io.github.clearice.evaluate.cluster.Agreement;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.GuTable.FiveStates;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Five conformations in one view are sorted, from noisy and from denoised images, and by an observer who knows them.
 *
 * @param fine whether images have twice as many pixels along an edge at size=desk
 */
record GuSorting(boolean fine) implements Experiment {

	private static final GuMethod GAN = GuMethod.HALVES;
	private static final List<GuMethod> NETWORKS = List.of(GuMethod.L1, GAN, GAN.atParity());
	private static final String NOISY = "noisy", CLEAN = "clean", CWF = "cwf", POSTERIOR = "posterior",
			OBSERVER = "observer";
	/** A sorting is better than another above this difference of the adjusted Rand index. */
	private static final double BETTER = 0.05;
	/** Of all trainings. */
	private static final GuNetworks SIZES = GuNetworks.LIGHT;

	@Override
	public String name() {
		return fine ? "gu-sorting-64" : "gu-sorting";
	}

	@Override
	public String title() {
		return "Sorting conformations" + (fine ? ", finer" : "");
	}

	@Override
	public String source() {
		return "Gu et al. 2021, supplement";
	}

	@Override
	public String account(final ExperimentSize size) {
		return FiveStates.ACCOUNT + String.format(Locale.ROOT,
			" The full-size experiment at SNR 0.1 is binned to %d pixels after the noise. %d particles in one view are" +
				" sorted into five by k-means on four principal components, %d times, with other particles and other" +
				" trainings: the noisy images, the results of CWF, of the light networks (trained on %,d pairs in all views;" +
				" the GAN for %d epochs, the autoencoder for %d, which are as many updates), and the posterior mean with the" +
				" five maps. The ideal observer knows the five images and takes the nearest; nothing can sort better." +
				" The supplement is not public; the paper says that the GAN helps.", box(size), sorted(size), seeds(size),
			SIZES.count(size), SIZES.epochs(size), GuMethod.L1.epochs(SIZES.epochs(size)));
	}

	private int box(final ExperimentSize size) {
		return size.of(32, fine ? 64 : 32, GuNetworks.FULL_BOX);
	}

	private static int seeds(final ExperimentSize size) {
		return size.of(1, 3, 3);
	}

	private static int sorted(final ExperimentSize size) {
		return size.of(24, 500, 1500);
	}

	private static List<GuMethod> networks(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? NETWORKS.subList(0, 2) : NETWORKS;
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = box(size), count = SIZES.count(size), sorted = sorted(size);
		final double pixels = box * box, simulation = 2e-7 * GuNetworks.FULL_BOX * GuNetworks.FULL_BOX;
		final Parameters states = FiveStates.simulated(size, box, "0.1");
		final List<Step> steps = new ArrayList<>(FiveStates.maps(size, box));
		steps.add(Step.of(simulation * count, "simulate", states.with("count", count).with("seed", 1).with("output",
			new RunFile("training"))));
		steps.add(FiveStates.oneView("view.star", sorted, 20, 90));
		for (int seed = 1; seed <= seeds(size); seed++) {
			final String folder = "seed-" + seed + "/";
			final RunFile noisy = new RunFile(folder + "noisy.mrcs");
			steps.add(Step.of(simulation * sorted, "simulate", states.with("star", new RunFile("view.star")).with("count",
				sorted).with("seed", 1 + seed).with("output", new RunFile("seed-" + seed))));
			final List<RunFile> stacks = new ArrayList<>(List.of(noisy));
			for (final GuMethod network : networks(size)) {
				final RunFile model = new RunFile(network.training(seed) + ".clearice");
				steps.add(Step.of(network.seconds(false, box, (double) count * network.epochs(SIZES.epochs(size))), "train",
					Parameters.of("noisy", new RunFile("training/noisy.mrcs")).with("clean", new RunFile("training/clean.mrcs"))
						.with(size == ExperimentSize.FULL
							? Parameters.of("preset", "paper") : Parameters.of("preset", "fast")).with(network.options()).with(
								"epochs", network.epochs(SIZES.epochs(size))).with("seed", seed).with("model", model)));
				stacks.add(denoised(steps, noisy, Parameters.of("method", model), folder + network.name()));
			}
			stacks.add(denoised(steps, noisy, Parameters.of("method", "cwf"), folder + CWF));
			stacks.add(denoised(steps, noisy, Parameters.of("method", POSTERIOR).with("map", FiveStates.binned()).with(
				"order",
				size.of(0, 3, 4)), folder + POSTERIOR));
			stacks.add(new RunFile(folder + "clean.mrcs"));
			steps.add(Step.of(6e-5 * pixels, "cluster", Parameters.of("input", stacks).with("labels", new RunFile(folder +
				"particles.star")).with("components", 4).with("output", new RunFile(folder + "clusters"))));
			steps.add(Step.of(1, "# sorts " + folder + "noisy.mrcs by the nearest of the five images of " + folder +
				"clean.mrcs, into " + folder + "clusters/observer.tsv", (context, listener) -> observe(context, folder)));
		}
		return steps;
	}

	private static RunFile denoised(final List<Step> steps, final RunFile noisy, final Parameters method,
		final String name)
	{
		final RunFile output = new RunFile(name + ".mrcs");
		steps.add(Step.of(5, "denoise", Parameters.of("input", noisy).with(method).with("output", output)));
		return output;
	}

	/** In white noise the nearest image is the most probable one. */
	private static void observe(final RunContext context, final String folder) {
		final List<RelionParticle> particles = RelionParticles.read(context.file(folder + "particles.star")).particles();
		final StringBuilder table = new StringBuilder(TabSeparated.line("index", "kmeans", "truth"));
		try (ParticleStack noisy = MrcParticleStack.open(context.file(folder + "noisy.mrcs")); ParticleStack clean =
			MrcParticleStack.open(context.file(folder + "clean.mrcs")))
		{
			final Map<Integer, float[]> known = new LinkedHashMap<>();
			for (int i = 0; i < clean.size(); i++) if (!known.containsKey(particles.get(i).classNumber())) {
				final float[] image = new float[clean.box() * clean.box()];
				clean.read(i, image);
				known.put(particles.get(i).classNumber(), image);
			}
			final float[] image = new float[noisy.box() * noisy.box()];
			for (int i = 0; i < noisy.size(); i++) {
				noisy.read(i, image);
				int nearest = 0;
				double least = Double.POSITIVE_INFINITY;
				for (final Map.Entry<Integer, float[]> one : known.entrySet()) {
					final double distance = distance(image, one.getValue());
					if (distance >= least) continue;
					least = distance;
					nearest = one.getKey();
				}
				table.append(TabSeparated.line(i + 1, nearest, particles.get(i).classNumber()));
			}
		}
		TextFile.write(context.file(folder + "clusters/observer.tsv"), table.toString());
	}

	private static double distance(final float[] first, final float[] second) {
		double sum = 0;
		for (int p = 0; p < first.length; p++) sum += (first[p] - second[p]) * (first[p] - second[p]);
		return sum;
	}

	/**
	 * How images of one kind were sorted, {@code [repetition][image]}.
	 *
	 * @param clusters found
	 * @param classes true
	 */
	private record Sorting(int[][] clusters, int[][] classes) {

		private static final int DRAWS = 1000;

		static Sorting read(final Report report, final ExperimentSize size, final String stack) {
			final int[][] clusters = new int[seeds(size)][], classes = new int[seeds(size)][];
			for (int s = 0; s < clusters.length; s++) {
				final List<TsvTable.Row> rows = TsvTable.read(report.context().file("seed-" + (s + 1) + "/clusters/" + stack +
					".tsv")).rows();
				clusters[s] = rows.stream().mapToInt(row -> row.integer("kmeans") - 1).toArray();
				classes[s] = numbered(rows.stream().map(row -> row.text("truth")).toList());
			}
			return new Sorting(clusters, classes);
		}

		private static int[] numbered(final List<String> labels) {
			final List<String> names = labels.stream().distinct().sorted().toList();
			return labels.stream().mapToInt(names::indexOf).toArray();
		}

		Agreement agreement() {
			final List<Agreement> each = IntStream.range(0, clusters.length).mapToObj(s -> Agreement.of(clusters[s],
				classes[s])).toList();
			return new Agreement(each.stream().mapToDouble(Agreement::adjustedRand).average().orElseThrow(), each.stream()
				.mapToDouble(Agreement::mutualInformation).average().orElseThrow(), each.stream().mapToDouble(
					Agreement::accuracy).average().orElseThrow());
		}

		/**
		 * The adjusted Rand index, or how much it is above that of another sorting of the same images, with its bootstrap
		 * interval over repetitions and images.
		 *
		 * @param other null for none
		 */
		Effect effect(final String label, final Sorting other) {
			final SplittableRandom random = Seeds.random(1, 2);
			final double[] draws = new double[DRAWS];
			for (int d = 0; d < DRAWS; d++) {
				for (int s = 0; s < clusters.length; s++) {
					final int chosen = random.nextInt(clusters.length), images = clusters[chosen].length;
					final int[] drawn = random.ints(images, 0, images).toArray();
					draws[d] += (rand(chosen, drawn) - (other == null ? 0 : other.rand(chosen, drawn))) / clusters.length;
				}
			}
			Arrays.sort(draws);
			final Interval interval = new Interval(draws[(int) (0.025 * DRAWS)], draws[(int) (0.975 * DRAWS)]);
			return new Effect(label, agreement().adjustedRand() - (other == null ? 0 : other.agreement().adjustedRand()),
				interval.low(), interval.high());
		}

		private double rand(final int repetition, final int[] drawn) {
			return Agreement.of(Arrays.stream(drawn).map(i -> clusters[repetition][i]).toArray(), Arrays.stream(drawn).map(
				i -> classes[repetition][i]).toArray()).adjustedRand();
		}
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final Map<String, Sorting> sortings = new LinkedHashMap<>();
		final List<String> names = new ArrayList<>(List.of(NOISY, CWF));
		networks(size).forEach(network -> names.add(network.name()));
		names.addAll(List.of(POSTERIOR, CLEAN, OBSERVER));
		for (final String name : names) sortings.put(name, Sorting.read(report, size, name));
		report.finding(helps(sortings, size, GuMethod.L1)).finding(helps(sortings, size, GAN)).finding(adversary(sortings,
			size, GAN, " as printed"));
		if (sortings.containsKey(GAN.atParity().name())) report.finding(adversary(sortings, size, GAN.atParity(),
			" at parity"));
		report.heading("Agreement with the true conformations").paragraph("Means over the repetitions.").table(table(
			sortings));
		report.heading("Components").paragraph(
			"The first principal components of the first repetition; colours are the true conformations.");
		for (final String name : List.of(NOISY, CWF, GAN.name(), POSTERIOR, CLEAN))
			report.picture("seed-1/clusters/" + name + ".png", name);
	}

	private static String sample(final ExperimentSize size) {
		return seeds(size) + " repetitions, " + sorted(size) + " images each";
	}

	private static Finding helps(final Map<String, Sorting> sortings, final ExperimentSize size,
		final GuMethod network)
	{
		final Sorting noisy = sortings.get(NOISY);
		return ClaimTest.above(BETTER, (network.isGan() ? "" : "(Not in the paper.) ") + "Denoising by the " + network
			.label() + " helps to sort conformations.",
			"adjusted Rand index of k-means on denoised images, above that on the noisy ones; better means by more than " +
				BETTER).in("ARI", 3).on(sample(size)).found(sortings.get(network.name()).effect(network.label(), noisy)).ideal(
					sortings.get(OBSERVER).effect("the ideal observer", noisy)).remark(beside(sortings)).decidedBy(
							"Images with more signal: the same at 64 pixels (gu-sorting-64), or size=full.").finding();
	}

	private static Finding adversary(final Map<String, Sorting> sortings, final ExperimentSize size, final GuMethod gan,
		final String setting)
	{
		final Sorting autoencoder = sortings.get(GuMethod.L1.name());
		return ClaimTest.above(BETTER, "The GAN beside the l1 loss is what helps to sort," + setting + ".",
			"adjusted Rand index with the GAN above that with the l1 autoencoder after as many updates; better means by" +
				" more than " + BETTER).in("ARI", 3).on(sample(size)).found(sortings.get(gan.name()).effect(gan.label(),
					autoencoder)).ideal(sortings.get(OBSERVER).effect("the ideal observer", autoencoder)).decidedBy(
						"Images with more signal, and more repetitions.").finding();
	}

	private static String beside(final Map<String, Sorting> sortings) {
		final List<String> words = new ArrayList<>();
		sortings.forEach((name, sorting) -> words.add(sorting.effect(name, null).text("", 3).strip()));
		return "Indices: " + String.join(", ", words) + ".";
	}

	private static List<List<String>> table(final Map<String, Sorting> sortings) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("images", "adjusted Rand index", "95 % interval", "mutual information", "accuracy"));
		sortings.forEach((name, sorting) -> {
			final Agreement agreement = sorting.agreement();
			final Effect index = sorting.effect(name, null);
			rows.add(List.of(name.equals(OBSERVER) ? "ideal observer" : name, Finding.number(index.value(), 3),
				Finding.number(
				index.low(), 3) + " to " + Finding.number(index.high(), 3), Finding.number(agreement.mutualInformation(), 3),
				Finding.number(100 * agreement.accuracy(), 1) + " %"));
		});
		return rows;
	}
}
