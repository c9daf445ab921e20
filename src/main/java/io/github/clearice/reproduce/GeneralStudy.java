package io.github.clearice.reproduce;

import io.github.clearice.model.ModelFile;
import io.github.clearice.reproduce.GeneralScores.HeldOut;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TabSeparated;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The general model from its training data to its scores: stacks of many structures, a network that is trained on them,
 * and stacks of other structures that it is tested on.
 *
 * @param given a trained model to test, as verbs take it; null to train one
 */
record GeneralStudy(String given) implements Experiment {

	static final String NAME = "general-model";

	/** Accessions of the Protein Data Bank, and the set that each belongs to; held out are those of other folds. */
	private static final String STRUCTURES = "general-structures.tsv";
	private static final String TRAINING = "training", HELD_OUT = "held-out";
	/** The three images of each training particle, by the names of their stacks and lists. */
	private static final String NOISY = "noisy", GUIDE = "guide", CLEAN = "clean";
	/** Images of one list have one pixel size, and pixels matter here, not their sizes. */
	static final double NOMINAL_PIXEL_ANGSTROM = 4;
	private static final RunFile TRAINED = new RunFile("trained.clearice"), MODEL = new RunFile("general.clearice");
	/** One structure of so many has a stack without particles, too. */
	private static final int EMPTY = 16;
	/** How many times as long as the light network the deep one takes. */
	private static final double DEEP = 4;
	/** A stack of fewer tells the model nothing of its particles: each is denoised by itself. */
	static final int SINGLE = 60;
	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String title() {
		return "One model for particles of any kind";
	}

	@Override
	public String source() {
		return "ClearIce";
	}

	@Override
	public Experiment testing(final String model) {
		return new GeneralStudy(model);
	}

	@Override
	public String parameters() {
		return Experiment.super.parameters() + (given == null ? "" : " model=" + given);
	}

	@Override
	public String account(final ExperimentSize size) {
		final String origin = given == null ? "The model that comes with ClearIce (`method=general`), made anew: " + stacks(
			size).size() + " stacks of structures that are listed for the training, each with its own size, noise, optics" +
			" and background, some of them without particles; averages of similar views of each stack; and a network that" +
			" sees both, and is trained on the clean images." : "The model `" + given + "`, which was trained before.";
		return origin + " It is tested on " + heldOut(size).size() +
			" structures of other folds, chosen before anything was trained. PSNR is that of `evaluate`, without any fit of" +
			" scale. *single*: particles one by one, without a stack. *wiener*: the radial Wiener filter, which knows the" +
			" spectra of the stack. *own model*: a network that was trained on the structure itself, without the chain" +
			" that is hidden.";
	}

	/** Edge length of the training images in pixels, and of most test images. */
	static int box(final ExperimentSize size) {
		return size.of(32, 64, 64);
	}

	/** The structures of a set by their codes. */
	static List<String> structures(final String set) {
		try (InputStream in = GeneralStudy.class.getResourceAsStream(STRUCTURES)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(TabSeparated::cells).filter(
				cells -> cells[1].equals(set)).map(cells -> cells[0]).toList();
		}
		catch (final IOException e) {
			throw new InputException("The list of structures " + STRUCTURES + " cannot be read (" + e.getMessage() +
				"). Install ClearIce anew.", e);
		}
	}

	private static List<GeneralStack> stacks(final ExperimentSize size) {
		final List<GeneralStack> stacks = new ArrayList<>();
		final List<String> codes = size == ExperimentSize.SMOKE ? List.of("5a1a", "4ake") : structures(TRAINING);
		for (int number = 1; number <= size.of(1, 1, 4); number++)
			for (final String code : codes) stacks.add(stack(code, number, size));
		for (int i = 0; i < codes.size(); i += EMPTY) stacks.add(stack(codes.get(i), 0, size));
		return stacks;
	}

	private static GeneralStack stack(final String code, final int number, final ExperimentSize size) {
		return new GeneralStack(code, number, box(size), size.of(160, 2000, 4000), size.of(40, 400, 1000));
	}

	static List<String> heldOut(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? List.of("1wcm") : structures(HELD_OUT);
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final List<Step> steps = new ArrayList<>();
		if (given == null) {
			for (final GeneralStack stack : stacks(size)) steps.add(step(stack));
			steps.add(Step.of(1, "# lists all training stacks in noisy.star, guide.star and clean.star", (context,
				listener) -> List.of(NOISY, GUIDE, CLEAN).forEach(what -> list(what, stacks(size)).write(context.file(what +
					".star")))));
		}
		final List<HeldOut> tests = GeneralScores.stacks(size);
		GeneralSafety.addOthers(size, steps);
		if (given != null) GeneralSafety.addTested(given, size, steps);
		for (final HeldOut test : tests) {
			test.addClassical(size, steps);
			// Early, so that a run that is stopped has whole results of some stacks.
			if (given != null) test.addTested(given, steps);
		}
		if (given == null) {
			addTraining(size, steps);
			tests.forEach(test -> test.addTested(MODEL, steps));
			GeneralSafety.addTested(MODEL, size, steps);
		}
		return steps;
	}

	private static void addTraining(final ExperimentSize size, final List<Step> steps) {
		final int images = size.of(1, 3, 20) * stacks(size).stream().mapToInt(GeneralStack::rows).sum();
		steps.add(Step.of(DEEP * RuntimeEstimate.Training.AUTOENCODER.seconds(box(size), images), "train", Parameters.of(
			"noisy", new RunFile("noisy.star")).with("clean", new RunFile("clean.star")).with("guide", new RunFile(
				"guide.star")).with(size == ExperimentSize.SMOKE ? Parameters.NONE : Parameters.of("network", "deep").with(
					"validation", 0.02)).with("epochs", size.of(1, 3, 20)).with("model", TRAINED)));
		steps.add(Step.of(1, "# makes general.clearice of trained.clearice: the same for images of any pixel size", (
			context, listener) -> ModelFile.read(context.file(TRAINED.name())).forAnyParticles().write(context.file(MODEL
				.name()))));
	}

	private static Step step(final GeneralStack stack) {
		final String folder = TRAINING + "/" + stack.folder() + "/";
		return new Step("# simulates " + stack.count() + " particles, and averages of similar views, in " + folder,
			Parameters.of("structure", new StructureFile(stack.code())), 2e-6 * stack.count() * stack.box() * stack.box(),
			(context, listener) -> {
				stack.simulate(context.structure(stack.code()), context.file(folder), listener);
				context.run("denoise", Parameters.of("input", new RunFile(folder + "particles.star")).with("method",
					"views").with("output", new RunFile(folder + GUIDE + ".mrcs")), listener);
			});
	}

	private static StarFile list(final String what, final List<GeneralStack> stacks) {
		final StarTable.Builder rows = StarTable.loop("particles", "rlnImageName", "rlnPixelSize");
		for (final GeneralStack stack : stacks)
			for (int i = 1; i <= stack.rows(); i++) rows.add(String.format(Locale.ROOT, "%06d@%s/%s/%s.mrcs", i, TRAINING,
				stack.folder(), what), String.valueOf(NOMINAL_PIXEL_ANGSTROM));
		return new StarFile(List.of(rows.build()));
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		GeneralScores.conclude(size, report);
		GeneralSafety.conclude(size, report);
	}
}
