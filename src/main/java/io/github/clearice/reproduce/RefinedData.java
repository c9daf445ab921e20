package io.github.clearice.reproduce;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.SuRefinedPoses.RefinementError;
import io.github.clearice.simulate.References;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.StarFile;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The data of experiments with refined particles and their map: a user's particles, taken at random to train with and
 * others to test with; or simulated ones, at the poses and with the CTFs of a user's, or at drawn ones. Images are read
 * and written one at a time, so that memory does not grow with the number of particles.
 *
 * @param given particles of the user's; null where poses and CTFs are drawn
 * @param training how many are trained on
 * @param test how many others are tested with
 */
record RefinedData(RefinedSet given, int training, int test) {

	private static final RefinementError ERROR = new RefinementError(2, 1, 0.02);
	/** β-galactosidase's. */
	private static final String SYMMETRY = "D2";
	private static final String TAKEN = "taken.star", TESTED = "test.star";

	/** Whether pixels are the user's. */
	boolean isReal() {
		return given != null && given.isReal();
	}

	/** By how much simulated particles are binned; their noise is added before. */
	private static int bin(final ExperimentSize size) {
		return size.of(2, 4, 1);
	}

	/** Edge length of images in pixels. */
	int box(final ExperimentSize size) {
		return isReal() ? given.box() : size.of(32, 64, 256);
	}

	/** Parameters of the command besides name, size and output. */
	String parameters(final String otherwise) {
		if (given == null) return otherwise;
		return isReal() ? " star=" + given.star() + " map=" + given.map() + " symmetry=" + given.symmetry() : otherwise +
			" star=" + given.star();
	}

	/** Describes the particles, for a page. */
	String account(final ExperimentSize size) {
		return isReal() ? realParticles() : simulatedParticles(size);
	}

	private String realParticles() {
		return "Particles of `" + given.star().getFileName() + "` and the map `" + given.map().getFileName() +
			"` (symmetry " + given.symmetry() +
			"). The refinement counts as the truth: a view that it got wrong counts as an error of the" +
			" network, and the map was made of the test particles too.";
	}

	/** The steps that make the map, {@link #learnt}, {@link #tested} and {@link #projections}. */
	List<Step> steps(final ExperimentSize size) {
		return isReal() ? taken() : simulated(size, box(size));
	}

	/** The table of particles with the poses that are trained on. */
	String learnt() {
		return isReal() ? "training.star" : "training/refined.star";
	}

	private String simulatedParticles(final ExperimentSize size) {
		final String noise = given == null || given.model() == null ? "white noise" : "noise with the spectrum of `" + given
			.model().getFileName() + "` (scaled to the same Nyquist frequency)";
		final String views = given == null ? "uniform views, shifts up to 4 Å, defocus 1 to 2.5 µm at 300 kV"
			: "poses and CTFs of `" + given.star().getFileName() + "`";
		return String.format(Locale.ROOT,
			"No large real stack is at hand, so pixels are simulated: β-galactosidase (5A1A), %s at an SNR of 0.1 in boxes" +
				" of 256 pixels of 1 Å, %s; %s." +
				" The poses for the training have the errors that a refinement leaves: normally distributed rotations" +
				" (standard deviation %.0f degrees about each axis) and shifts (%.0f Å along each axis), and a random" +
				" view for %.0f %% of the particles.", noise, views, size.of(
					"a small stand-in", "binned to 64 pixels of 4 Å after the noise", "not binned"),
			ERROR.angleDegree(), ERROR.shiftAngstrom(), 100 * ERROR.wrongShare());
	}

	private List<Step> simulated(final ExperimentSize size, final int box) {
		final List<Step> steps = new ArrayList<>();
		if (given != null) steps.add(Step.of(1, "# takes " + training + " particles of " + given.star()
			.getFileName() + " at random for views-training.star and " + test + " others for views-test.star" + (given
				.model() == null ? "" : ", and the noise of " + given.model().getFileName() + " as noise.star"), (context,
					listener) -> {
					given.divide(context, training, test, "views-training.star", "views-test.star");
					if (given.model() != null) StarFile.read(given.model()).write(context.file("noise.star"));
				}));
		final int bin = bin(size), full = box * bin;
		final Parameters structure = Parameters.of("structure", new StructureFile("5a1a")).with("exclude", "water").with(
			"box", full).with("pixel", size.of(4, 1, 1));
		steps.add(Step.of(20, "map", structure.with("output", new RunFile("full.mrc"))));
		steps.add(Step.of(20, "map", structure.with("bin", bin).with("output", new RunFile("map.mrc"))));
		int seed = 1;
		for (final String set : List.of("training", "test")) {
			final int count = seed == 1 ? training : test;
			final Parameters views = given == null ? Parameters.of("shift", 4) : Parameters.of("star", new RunFile("views-" +
				set + ".star")).with(given.model() == null ? Parameters.NONE : Parameters.of("spectrum", new RunFile(
					"noise.star")));
			steps.add(Step.of(3e-7 * count * full * full, "simulate", Parameters.of("source", new RunFile("full.mrc")).with(
				"count", count).with("snr", 0.1).with("bin", bin).with("ctf", true).with(views).with("seed", seed++).with(
					"output", new RunFile(
					set))));
		}
		steps.add(Step.of(1, "# disturbs the poses of training/particles.star, into training/refined.star", (context,
			listener) -> ERROR.disturb(context.file("training/particles.star"), context.file("training/refined.star"), 3)));
		return steps;
	}

	private List<Step> taken() {
		return List.of(Step.of(10, "# takes " + training + " particles of " + given.star().getFileName() +
			" at random for training.star, " + test + " others for " + TAKEN + ", and " + given.map().getFileName() +
			" as map.mrc", (context, listener) -> {
				given.divide(context, training, test, "training.star", TAKEN);
				given.copyMap(context, "map.mrc");
			}), Step.of(10, "prepare", Parameters.of("input", new RunFile(TAKEN)).with("normalise", true).with(
				"output", new RunFile("test.mrcs"))), Step.of(10,
				"# projects map.mrc at the poses of test.star, into projections.mrcs", this::project));
	}

	private void project(final RunContext context, final TaskListener listener) {
		try (ParticleStack stack = MrcParticleStack.open(context.file(TESTED));
				MrcFile map = MrcFile.open(context.file("map.mrc"));
				ParticleStackWriter writer = new ParticleStackWriter(context.file(projections()), stack.box(), stack
					.pixelSizeAngstrom()))
		{
			final References references = new References(stack, map.readVolume(), "map.mrc", false).fittedTo(stack
				.normalised(), listener);
			final float[] image = new float[stack.box() * stack.box()];
			for (int i = 0; i < stack.size(); i++) {
				listener.checkCancelled("Projecting");
				references.read(i, image);
				writer.write(image);
			}
			writer.commit();
		}
	}

	/** The table of particles that are tested with. */
	String tested() {
		return isReal() ? TESTED : "test/particles.star";
	}

	/** The projections of the map at their poses, on their scale. */
	String projections() {
		return isReal() ? "projections.mrcs" : "test/clean.mrcs";
	}

	/** The point group of the map. */
	String symmetry() {
		return isReal() ? given.symmetry() : SYMMETRY;
	}
}
