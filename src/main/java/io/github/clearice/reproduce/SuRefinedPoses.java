package io.github.clearice.reproduce;

import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.RefinedSet.ViewComparison;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.reproduce.Report.StackMontage;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.Seeds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trained on refined particles and projections of their map, tested on others.
 *
 * @param given particles of the user's; null where poses and CTFs are drawn
 */
record SuRefinedPoses(RefinedSet given) implements Experiment {

	static final String NAME = "su-refined-poses";

	/** The paper's figure, as a fraction. */
	private static final double MOST_WRONG = 0.01;
	private static final String RECOVERED = "recovered", NOISY = "noisy", TRUE = "true projections",
			MEAN = "mean projection";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String title() {
		return "Refined poses and a map";
	}

	@Override
	public String source() {
		return "Su et al. 2018, Fig. 6";
	}

	@Override
	public Experiment on(final RefinedSet particles) {
		return new SuRefinedPoses(particles);
	}

	@Override
	public String parameters() {
		return data(ExperimentSize.SMOKE).parameters(Experiment.super.parameters());
	}

	private RefinedData data(final ExperimentSize size) {
		return new RefinedData(given, training(size), test(size));
	}

	private static int training(final ExperimentSize size) {
		return size.of(24, 2000, 10_000);
	}

	private static int test(final ExperimentSize size) {
		return size.of(8, 3000, 3000);
	}

	@Override
	public String account(final ExperimentSize size) {
		return String.format(Locale.ROOT,
			"The network is shown %,d particles and, as references, projections of the map at" +
				" their poses, without CTF; it is tested on %,d others. ", training(size), test(size)) + data(size)
				.account(size) + " " + size.of(
					"The light network, one epoch.",
						"The light network with `gan=conditional`, 5 epochs.",
						"`preset=pix2pix`, 20 epochs (the paper does not say how many).") +
			"\n\nWhich view an image shows is found by comparing it with all projections of the map (`pose`): in the" +
			" recovered images, in the noisy ones with their CTFs, which tells how much there is to be" +
			" known, " + (data(size)
				.isReal() ? ""
				: "and in the true projections, which shows whether the search can be trusted; ") +
			"it is another view where the orientation is wrong by more than " + Math.round(ViewComparison.WRONG_DEGREE) +
			" degrees.";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final RefinedData data = data(size);
		final int box = data.box(size);
		final double pixels = box * box, images = training(size) * size.of(1.0, 5.0, 20.0);
		final List<Step> steps = new ArrayList<>(data.steps(size));
		final RunFile map = new RunFile("map.mrc"), network = new RunFile("network.clearice");
		final RunFile tested = new RunFile(data.tested());
		steps.add(Step.of(size == ExperimentSize.FULL ? RuntimeEstimate.training(pixels / 256 / 256 * (5.95 + 3.13), images)
			: RuntimeEstimate.Training.CONDITIONAL.seconds(box, images), "train", Parameters.of("star", new RunFile(data
				.learnt())).with("map", map).with(size.conditional(
					"pix2pix")).with(size == ExperimentSize.SMOKE ? Parameters.of(
					"batch", 8) : Parameters.NONE).with("epochs", size.of(1, 5, 20)).with("model", network)));
		steps.add(Step.of(3, "denoise", Parameters.of("input", tested).with("method", network).with("output", new RunFile(
			"recovered.mrcs"))));
		Parameters search = Parameters.of("map", map).with("symmetry", data.symmetry()).with("order", size.of(1, 3, 3));
		if (size == ExperimentSize.FULL) search = search.with("resolution", 10);
		if (data.isReal()) search = search.with("shift", 10);
		final double seconds = 4e-6 * test(size) * pixels;
		steps.add(Step.of(seconds, "pose", Parameters.of("input", new RunFile("recovered.star")).with("ctf",
			false).with(search)
			.with("output", new RunFile("recovered-poses.star"))));
		steps.add(Step.of(seconds, "pose", Parameters.of("input", tested).with(search).with("output", new RunFile(
			"noisy-poses.star"))));
		if (!data.isReal()) {
			steps.add(Step.of(seconds, "pose", Parameters.of("input",
				new RunFile(data.projections())).with(search).with("output",
				new RunFile("true-poses.star"))));
			steps.add(Step.of(1e-6 * test(size) * pixels, "evaluate", Parameters.of("reference",
				new RunFile(data.projections()))
				.with("image", new RunFile("test/particles.star")).with("methods", List.of("mean", "cleanmean", "lowpass",
					"wiener", network))
				.with("output", new RunFile("scores.tsv")).with("summary", new RunFile("methods.tsv"))));
		}
		steps.add(Step.of(1, "# compares the poses found with those of " + data.tested() + ", into views.tsv", (context,
			listener) ->
			compare(context, data)));
		return steps;
	}

	private static void compare(final RunContext context, final RefinedData data) {
		final List<ViewSummary> table = new ArrayList<>();
		table.add(comparison(context, data, "recovered-poses.star", "recovered.mrcs").summary(RECOVERED));
		table.add(comparison(context, data, "noisy-poses.star", data.tested()).summary(NOISY));
		if (!data.isReal()) table.add(comparison(context, data, "true-poses.star", data.projections()).summary(TRUE));
		table.add(comparison(context, data, "noisy-poses.star", data.tested()).meanProjection(MEAN));
		ViewSummary.write(context.file("views.tsv"), table);
	}

	private static ViewComparison comparison(final RunContext context, final RefinedData data, final String poses,
		final String images) {
		return ViewComparison.of(context.file(poses), context.file(data.tested()), data.symmetry(), context.file(images),
			context
			.file(data.projections()));
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final RefinedData data = data(size);
		final List<ViewSummary> views = ViewSummary.read(report.context().file("views.tsv"));
		report.finding(similar(views)).finding(wrong(views));
		report.heading("Views").table(table(views));
		if (!data.isReal()) report.heading("Images").paragraph("Linear filters leave the CTFs" +
			" in.").table(MethodScores.read(
			report, "methods.tsv").rows());
		final Map<String, String> rows = new LinkedHashMap<>();
		rows.put("particle", data.tested());
		rows.put("recovered", "recovered.mrcs");
		rows.put("original projection", data.projections());
		final int[] worst = comparison(report.context(), data, "recovered-poses.star", "recovered.mrcs").worstFirst();
		StackMontage.write(report.context(), "views.png", new int[] { worst[worst.length - 1], worst[worst.length / 2],
			worst[0] }, rows);
		report.heading("Pictures").picture("views.png",
			"The particle whose view is recovered best, the one in the middle, and the worst; each image has a contrast of" +
			" its own");
	}

	private static Finding similar(final List<ViewSummary> views) {
		final ViewSummary recovered = of(views, RECOVERED), shared = of(views, MEAN);
		return ClaimTest.above(0.8,
			"Particles that were not trained on are recovered with overall similarity to the original projection.",
			"mean correlation of a result's pixels with the projection of the map; similar means above 0.8").in(
				"correlation", 3).on(sample(recovered)).found(recovered.correlated("recovered images")).blind(shared.correlated(
					"the mean of all projections, the same for each particle")).remark(String.format(Locale.ROOT,
						"The particles themselves have %.3f.", of(views, NOISY).correlation())).decidedBy(
							"A measure that one image for all does not pass: the share of wrong views below.").finding();
	}

	private static Finding wrong(final List<ViewSummary> views) {
		final ViewSummary recovered = of(views, RECOVERED);
		ClaimTest test = ClaimTest.below(100 * MOST_WRONG,
			"Less than 1 % of recovered images show another view than the projection.",
			"share of the images in which the search finds a view more than " + Math.round(ViewComparison.WRONG_DEGREE) +
				" degrees away (Wilson's interval)").in("%", 2).on(sample(recovered)).found(recovered.share(
					"recovered images")).ideal(of(views, NOISY).share("the noisy particles, compared with the map")).remark(
						"The paper judged by eye.").decidedBy(
							"A share of 1 % needs thousands of particles, and a share near it more: size=full.");
		if (views.stream().anyMatch(row -> row.images().equals(TRUE))) test = test.ideal(of(views, TRUE).share(
			"the true projections"));
		return test.finding();
	}

	private static String sample(final ViewSummary images) {
		return String.format(Locale.ROOT, "1 training, %,d images", images.count());
	}

	private static ViewSummary of(final List<ViewSummary> views, final String images) {
		return views.stream().filter(row -> row.images().equals(images)).findFirst().orElseThrow(() -> RunContext.lacks(
			"views.tsv", images));
	}

	private static List<List<String>> table(final List<ViewSummary> views) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("images", "another view", "95 % interval", "median error", "correlation with the projection"));
		for (final ViewSummary row : views)
			rows.add(row.images().equals(MEAN) ? List.of(row.images(), "-", "-", "-", Finding.number(row.correlation(),
				3)) : List
				.of(row.images(), row.wrong() + " of " + row.count(), percent(row.low()) + " to " + percent(row.high()), Finding
					.number(row.medianDegree(), 2) + "°", Finding.number(row.correlation(), 3)));
		return rows;
	}

	private static String percent(final double share) {
		return Finding.number(100 * share, 1) + " %";
	}

	/**
	 * Errors of poses as a refinement leaves them.
	 *
	 * @param angleDegree standard deviation of turns about each of the three axes of the image
	 * @param shiftAngstrom standard deviation of the origin along x and y
	 * @param wrongShare share of particles with a random orientation
	 */
	record RefinementError(double angleDegree, double shiftAngstrom, double wrongShare) {

		/** Writes the particles of a STAR file with disturbed poses. */
		void disturb(final Path from, final Path to, final long seed) {
			final RelionParticles particles = RelionParticles.read(from);
			final Orientation[] views = new Orientation[particles.size()];
			final double[] x = new double[views.length], y = new double[views.length];
			for (int i = 0; i < views.length; i++) {
				final SplittableRandom random = Seeds.random(seed, i);
				final RelionParticle particle = particles.particles().get(i);
				x[i] = particle.originXAngstrom() + shiftAngstrom * random.nextGaussian();
				y[i] = particle.originYAngstrom() + shiftAngstrom * random.nextGaussian();
				views[i] = random.nextDouble() < wrongShare ? Orientations.uniform().draw(i, random).orientation() : turned(
					new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()), random);
			}
			StarTable table = particles.table();
			table = table.withColumn("rlnAngleRot", i -> String.valueOf(views[i].rotDegree())).withColumn("rlnAngleTilt",
				i -> String.valueOf(views[i].tiltDegree())).withColumn("rlnAnglePsi", i -> String.valueOf(views[i].psiDegree()))
				.withColumn("rlnOriginXAngst", i -> String.valueOf(x[i])).withColumn("rlnOriginYAngst", i -> String.valueOf(
					y[i]));
			particles.tables().with(particles.table(), table).write(to);
		}

		private Orientation turned(final Orientation orientation, final SplittableRandom random) {
			double[] matrix = orientation.matrix();
			for (int axis = 0; axis < 3; axis++) matrix = Rotations.turned(matrix, axis, angleDegree * random.nextGaussian());
			return Rotations.orientation(matrix);
		}
	}
}
