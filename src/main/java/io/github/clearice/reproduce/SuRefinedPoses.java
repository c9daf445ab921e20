package io.github.clearice.reproduce;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.RefinedSet.ViewComparison;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.reproduce.Report.StackMontage;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.simulate.References;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

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

	private static final RefinementError ERROR = new RefinementError(2, 1, 0.02);
	/** β-galactosidase's. */
	private static final String SYMMETRY = "D2";
	/** What the paper says, as a share. */
	private static final double MOST_WRONG = 0.01;
	private static final String RECOVERED = "recovered";

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
		if (given == null) return Experiment.super.parameters();
		return isReal() ? " star=" + given.star() + " map=" + given.map() + " symmetry=" + given.symmetry()
			: Experiment.super.parameters() + " star=" + given.star();
	}

	private boolean isReal() {
		return given != null && given.isReal();
	}

	private static int training(final ExperimentSize size) {
		return size.of(24, 2000, 10_000);
	}

	private static int test(final ExperimentSize size) {
		return size.of(8, 300, 1000);
	}

	@Override
	public String account(final ExperimentSize size) {
		return String.format(Locale.ROOT,
			"The network is shown %,d particles and, as references, projections of the map at" +
				" their poses, without CTF; it is tested on %,d others. ", training(size), test(size)) + (isReal()
					? realParticles() : simulatedParticles(size)) + " " + size.of("The light network, one epoch.",
						"The light network with `gan=conditional`, 5 epochs.",
						"`preset=pix2pix`, 20 epochs (the paper does not say how many).") +
			"\n\nWhich view an image shows is found by comparing it with all projections of the map (`pose`): in the" +
			" recovered images, in the noisy ones with their CTFs, which tells how much there is to be" +
			" known, " + (isReal() ? ""
				: "and in the true projections, which tells whether the search can be trusted; ") +
			"it is another view where the orientation is wrong by more than " + Math.round(ViewComparison.WRONG_DEGREE) +
			" degrees.";
	}

	private String realParticles() {
		return "Particles of `" + given.star().getFileName() + "` and the map `" + given.map().getFileName() +
			"` (symmetry " + given.symmetry() +
			"). The refinement counts as the truth: a view that it got wrong counts as an error of the" +
			" network, and the map was made of the test particles too.";
	}

	private String simulatedParticles(final ExperimentSize size) {
		final String noise = given == null || given.model() == null ? "white noise" : "noise with the spectrum of `" + given
			.model().getFileName() + "` (its Nyquist frequency laid on ours)";
		final String views = given == null ? "uniform views, shifts up to 4 Å, defocus 1 to 2.5 µm at 300 kV"
			: "poses and CTFs of `" + given.star().getFileName() + "`";
		return String.format(Locale.ROOT,
			"No large real stack is at hand, so pixels are simulated: β-galactosidase (5A1A), %s" +
				" at an SNR of 0.1, %s; %s. The poses that are trained on are disturbed as a refinement leaves them: turns" +
				" with a standard deviation of %.0f degrees about each axis, origins of %.0f Å, and %.0f %% of the particles" +
				" in any view at all.",
			noise, views, size.of("boxes of 32 pixels", "boxes of 64 pixels of 4 Å", "boxes of 256 pixels of 1 Å"),
			ERROR.angleDegree(), ERROR.shiftAngstrom(), 100 * ERROR.wrongShare());
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = isReal() ? given.box() : size.of(32, 64, 256);
		final double pixels = box * box, images = training(size) * size.of(1.0, 5.0, 20.0);
		final List<Step> steps = new ArrayList<>(isReal() ? taken(size) : simulated(size, box));
		steps.add(Step.of(size == ExperimentSize.FULL ? RuntimeEstimate.training(pixels / 256 / 256 * (5.95 + 3.13), images)
			: RuntimeEstimate.Training.CONDITIONAL.seconds(box, images), "train star=@" + (isReal() ? "training.star"
				: "training/refined.star") + " map=@map.mrc " + size.of("preset=fast gan=conditional batch=8 epochs=1",
					"preset=fast gan=conditional epochs=5", "preset=pix2pix epochs=20") + " model=@network.clearice"));
		steps.add(Step.of(3, "denoise input=@" + tested() + " method=@network.clearice output=@recovered.mrcs"));
		final String search = " map=@map.mrc symmetry=" + symmetry() + " order=" + size.of(1, 3, 3) + size.of("", "",
			" resolution=10") + (isReal() ? " shift=10" : "");
		final double seconds = 4e-6 * test(size) * pixels;
		steps.add(Step.of(seconds, "pose input=@recovered.star ctf=false" + search + " output=@recovered-poses.star"));
		steps.add(Step.of(seconds, "pose input=@" + tested() + search + " output=@noisy-poses.star"));
		if (!isReal()) {
			steps.add(Step.of(seconds, "pose input=@" + projections() + search + " output=@true-poses.star"));
			steps.add(Step.of(1e-6 * test(size) * pixels, "evaluate reference=@" + projections() +
				" image=@test/particles.star methods=mean,lowpass,wiener,@network.clearice output=@scores.tsv" +
				" summary=@methods.tsv"));
		}
		steps.add(Step.of(1, "# compares the poses found with those of " + tested() + ", into views.tsv", this::compare));
		return steps;
	}

	private List<Step> simulated(final ExperimentSize size, final int box) {
		final List<Step> steps = new ArrayList<>();
		if (given != null) steps.add(Step.of(1, "# takes " + training(size) + " particles of " + given.star()
			.getFileName() + " at random for views-training.star and " + test(size) + " others for views-test.star" + (given
				.model() == null ? "" : ", and the noise of " + given.model().getFileName() + " as noise.star"), (context,
					listener) -> {
					given.divide(context, training(size), test(size), "views-training.star", "views-test.star");
					if (given.model() != null) StarFile.read(given.model()).write(context.file("noise.star"));
				}));
		steps.add(Step.of(3, "map structure=#5a1a exclude=water box=" + box + " pixel=" + size.of(8, 4, 1) +
			" output=@map.mrc"));
		int seed = 1;
		for (final String set : List.of("training", "test")) {
			final int count = seed == 1 ? training(size) : test(size);
			steps.add(Step.of(3e-7 * count * box * box, "simulate source=@map.mrc count=" + count + " snr=0.1 ctf=true" +
				(given == null ? " shift=4" : " star=@views-" + set + ".star" + (given.model() == null ? ""
					: " spectrum=@noise.star")) + " seed=" + seed++ + " output=@" + set));
		}
		steps.add(Step.of(1, "# disturbs the poses of training/particles.star, into training/refined.star", (context,
			listener) -> ERROR.disturb(context.file("training/particles.star"), context.file("training/refined.star"), 3)));
		return steps;
	}

	private List<Step> taken(final ExperimentSize size) {
		return List.of(Step.of(10, "# takes " + training(size) + " particles of " + given.star().getFileName() +
			" at random for training.star, " + test(size) + " others for test.star, and " + given.map().getFileName() +
			" as map.mrc", (context, listener) -> {
				given.divide(context, training(size), test(size), "training.star", "test.star");
				given.copyMap(context, "map.mrc");
			}), Step.of(10, "# projects map.mrc at the poses of test.star, into projections.mrcs", this::project));
	}

	private void project(final RunContext context, final TaskListener listener) {
		try (MrcParticleStack stack = MrcParticleStack.open(context.file(tested()));
				MrcFile map = MrcFile.open(context.file("map.mrc"));
				ParticleStackWriter writer = new ParticleStackWriter(context.file(projections()), stack.box(), stack
					.pixelSizeAngstrom()))
		{
			final References references = new References(stack, map.readVolume(), "map.mrc", false);
			final float[] image = new float[stack.box() * stack.box()];
			for (int i = 0; i < stack.size(); i++) {
				listener.checkCancelled("Projecting");
				references.read(i, image);
				writer.write(image);
			}
			writer.commit();
		}
	}

	private String tested() {
		return isReal() ? "test.star" : "test/particles.star";
	}

	private String projections() {
		return isReal() ? "projections.mrcs" : "test/clean.mrcs";
	}

	private String symmetry() {
		return isReal() ? given.symmetry() : SYMMETRY;
	}

	private void compare(final RunContext context, final TaskListener listener) {
		final StringBuilder table = new StringBuilder(TabSeparated.line(ViewComparison.COLUMNS));
		table.append(comparison(context, "recovered-poses.star", "recovered.mrcs").row(RECOVERED));
		table.append(comparison(context, "noisy-poses.star", tested()).row("noisy"));
		if (!isReal()) table.append(comparison(context, "true-poses.star", projections()).row("true projections"));
		TextFile.write(context.file("views.tsv"), table.toString());
	}

	private ViewComparison comparison(final RunContext context, final String poses, final String images) {
		return ViewComparison.of(context.file(poses), context.file(tested()), symmetry(), context.file(images), context
			.file(projections()));
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final TsvTable views = TsvTable.read(report.context().file("views.tsv"));
		report.finding(similar(views)).finding(wrong(views));
		report.heading("Views").table(table(views));
		if (!isReal()) report.heading("Images").paragraph("Linear filters leave the CTFs in.").table(MethodScores.read(
			report, "methods.tsv").rows());
		final Map<String, String> rows = new LinkedHashMap<>();
		rows.put("particle", tested());
		rows.put("recovered", "recovered.mrcs");
		rows.put("original projection", projections());
		final int[] worst = comparison(report.context(), "recovered-poses.star", "recovered.mrcs").worstFirst();
		StackMontage.write(report.context(), "views.png", new int[] { worst[worst.length - 1], worst[worst.length / 2],
			worst[0] }, rows);
		report.heading("Pictures").picture("views.png",
			"The particle whose view is recovered best, the one in the middle, and the worst; each image has a contrast of" +
			" its own");
	}

	private static Finding similar(final TsvTable views) {
		final double recovered = views.where("images", RECOVERED).first().number("correlation");
		final double noisy = views.where("images", "noisy").first().number("correlation");
		return Finding.of(
			"Particles that were not trained on are recovered with overall similarity to the original projection.",
			recovered > 0.8, String.format(Locale.ROOT,
				"Their pixels correlate with the projection by %.3f in the mean (the particles themselves by %.3f). It counts" +
				" as held above" +
					" 0.8.", recovered, noisy), "");
	}

	private static Finding wrong(final TsvTable views) {
		final TsvTable.Row recovered = views.where("images", RECOVERED).first(), noisy = views.where("images", "noisy")
			.first();
		final Finding.Verdict verdict = recovered.number("high") < MOST_WRONG ? Finding.Verdict.HOLDS : recovered.number(
			"low") > MOST_WRONG ? Finding.Verdict.FAILS : Finding.Verdict.OPEN;
		return new Finding("Less than 1 % of recovered images show another view than the projection.", verdict, String
			.format(Locale.ROOT,
				"%s of %s recovered images, %s (95 %% interval %s to %s); in the noisy particles themselves, compared" +
					" with the map, %s. It counts as decided where the interval leaves 1 %% out.", recovered.text("wrong"),
				recovered.text("count"), percent(recovered, "wrong_share"), percent(recovered, "low"), percent(recovered,
					"high"), percent(noisy, "wrong_share")), "The paper judged by eye.");
	}

	private static List<List<String>> table(final TsvTable views) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("images", "another view", "95 % interval", "median error", "correlation with the projection"));
		for (final TsvTable.Row row : views.rows())
			rows.add(List.of(row.text("images"), row.text("wrong") + " of " + row.text("count"), percent(row, "low") +
				" to " + percent(row, "high"), row.text("median_degree") + "°", Finding.number(row.number("correlation"), 3)));
		return rows;
	}

	private static String percent(final TsvTable.Row row, final String column) {
		return Finding.number(100 * row.number(column), 1) + " %";
	}

	/**
	 * Errors of poses as a refinement leaves them.
	 *
	 * @param angleDegree standard deviation of turns about each of the three axes of the image
	 * @param shiftAngstrom standard deviation of the origin along x and y
	 * @param wrongShare share of particles whose orientation is any
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
