package io.github.clearice.reproduce;

import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.model.ModelFile;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The general model from its training data to its scores: stacks of many structures, a network that is trained on them,
 * and stacks of other structures that it is tested on.
 */
final class GeneralStudy implements Experiment {

	static final String NAME = "general-model";

	/** Accessions of the Protein Data Bank, and the set that each belongs to; held out are those of other folds. */
	private static final String STRUCTURES = "general-structures.tsv";
	private static final String TRAINING = "training", HELD_OUT = "held-out", TEST = "test/", TRUST = "trust/";
	/** The three images of each training particle, by the names of their stacks and lists. */
	private static final String NOISY = "noisy", GUIDE = "guide", CLEAN = "clean";
	/** Images of one list have one pixel size, and pixels matter here, not their sizes. */
	private static final double NOMINAL_PIXEL_ANGSTROM = 4;
	private static final RunFile TRAINED = new RunFile("trained.clearice"), MODEL = new RunFile("general.clearice");
	/** One structure of so many has a stack without particles, too. */
	private static final int EMPTY = 16;
	/** How many times as long as the light network the deep one takes. */
	private static final double DEEP = 4;
	/** A stack of fewer tells the model nothing of its particles: each is denoised by itself. */
	private static final int SINGLE = 60;
	/** Structures with a chain that is hidden from those who learn: about 5 % of the mass. */
	private static final Map<String, String> FACTORS = factors();
	private static final double FACTOR_SNR = 0.1;
	private static final List<String> ASKED = List.of("wiener", "cwf", "general", "own");
	private static final String CLASSICAL = "classical.tsv", GENERAL = "general.tsv", ALONE = "single.tsv", PICTURE =
		"general.png";

	/**
	 * Stacks that the model is tested on.
	 *
	 * @param box edge length in pixels
	 * @param snrs as words
	 * @param count particles of a stack, which methods learn from
	 * @param scored particles that count
	 */
	private record Test(int box, List<String> snrs, int count, int scored) {

		HeldOutStack stack(final String code, final String snr, final ExperimentSize size, final int particles) {
			return new HeldOutStack(code, box, NOMINAL_PIXEL_ANGSTROM * GeneralStudy.box(size) / box, Double.parseDouble(
				snr), particles);
		}
	}

	private static Map<String, String> factors() {
		final Map<String, String> factors = new LinkedHashMap<>();
		factors.put("1wcm", "E");
		factors.put("3j9i", "A");
		return factors;
	}

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
	public String account(final ExperimentSize size) {
		return "The model that comes with ClearIce (`method=general`), made anew: " + stacks(size).size() +
			" stacks of structures that are listed for the training, each with its own size, noise, optics and background," +
			" some of them without particles; averages of similar views of each stack; a network that sees both, and is" +
			" trained on the clean images; and " + heldOut(size).size() +
			" structures of other folds, chosen before anything was trained, that it is tested on. PSNR is that of" +
			" `evaluate`, without any fit of scale. *single*: particles one by one, without a stack. *wiener*: the radial" +
			" Wiener filter, which knows the spectra of the stack. *own model*: a network that was trained on the" +
			" structure itself.";
	}

	/** Edge length of the training images in pixels. */
	private static int box(final ExperimentSize size) {
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

	private static List<String> heldOut(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? List.of("1wcm") : structures(HELD_OUT);
	}

	private static List<Test> tests(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? List.of(new Test(32, List.of("0.1"), 40, 20)) : List.of(new Test(64, List.of(
			"0.1", "0.05", "0.2"), 2000, size.of(0, 300, 2000)), new Test(96, size == ExperimentSize.DESK ? List.of("0.1")
				: List.of("0.1", "0.05", "0.2"), 2000, size.of(0, 200, 2000)));
	}

	private static String folder(final Test test, final String snr, final String code) {
		return TEST + test.box() + "-" + snr + "/" + code + "/";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final List<Step> steps = new ArrayList<>();
		for (final GeneralStack stack : stacks(size)) steps.add(step(stack));
		steps.add(Step.of(1, "# lists all training stacks in noisy.star, guide.star and clean.star", (context,
			listener) -> List.of(NOISY, GUIDE, CLEAN).forEach(what -> list(what, stacks(size)).write(context.file(what +
				".star")))));
		for (final Factor factor : factors(size)) factor.addOthers(steps);
		for (final HeldOut one : heldOutStacks(size)) one.addClassical(size, steps);
		final int images = size.of(1, 3, 20) * stacks(size).stream().mapToInt(GeneralStack::rows).sum();
		steps.add(Step.of(DEEP * RuntimeEstimate.Training.AUTOENCODER.seconds(box(size), images), "train", Parameters.of(
			"noisy", new RunFile("noisy.star")).with("clean", new RunFile("clean.star")).with("guide", new RunFile(
				"guide.star")).with(size == ExperimentSize.SMOKE ? Parameters.NONE : Parameters.of("network", "deep").with(
					"validation", 0.02)).with("epochs", size.of(1, 3, 20)).with("model", TRAINED)));
		steps.add(Step.of(1, "# makes general.clearice of trained.clearice: the same for images of any pixel size", (
			context, listener) -> ModelFile.read(context.file(TRAINED.name())).forAnyParticles().write(context.file(MODEL
				.name()))));
		for (final HeldOut one : heldOutStacks(size)) one.addGeneral(steps);
		for (final Factor factor : factors(size)) steps.add(factor.asked(MODEL, "general"));
		return steps;
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

	/** All stacks that the model is tested on. */
	private static List<HeldOut> heldOutStacks(final ExperimentSize size) {
		return tests(size).stream().flatMap(test -> test.snrs().stream().flatMap(snr -> heldOut(size).stream().map(
			code -> new HeldOut(test, snr, code)))).toList();
	}

	/** A stack of a structure that is held out. */
	private record HeldOut(Test test, String snr, String code) {

		String folder() {
			return GeneralStudy.folder(test, snr, code);
		}

		private double pixels() {
			return test.box() * test.box();
		}

		private int single() {
			return Math.min(SINGLE, test.scored());
		}

		private Parameters evaluated(final String where) {
			return Parameters.of("reference", new RunFile(folder() + where + "clean.mrcs")).with("image", new RunFile(
				folder() + where + "noisy.mrcs"));
		}

		/** Its particles, and what is done with them without a network. */
		void addClassical(final ExperimentSize size, final List<Step> steps) {
			final HeldOutStack stack = test.stack(code, snr, size, test.count()), few = test.stack(code, snr, size, single());
			steps.add(new Step("# simulates " + test.count() + " particles in " + folder(), Parameters.of("structure",
				new StructureFile(code)), 2e-7 * test.count() * pixels(), (context, listener) -> {
					stack.simulate(context.structure(code), context.file(folder()), listener);
					few.simulate(context.structure(code), context.file(folder() + "single"), listener);
				}));
			steps.add(Step.of(2e-6 * test.count() * pixels(), "evaluate", evaluated("").with("methods", List.of("wiener",
				"cwf", "views")).with("count", test.scored()).with("summary", new RunFile(folder() + CLASSICAL))));
		}

		/** The model on the stack, and on particles one by one. */
		void addGeneral(final List<Step> steps) {
			steps.add(Step.of(3e-6 * test.count() * pixels(), "evaluate", evaluated("").with("methods", List.of("wiener",
				MODEL)).with("count", test.scored()).with("summary", new RunFile(folder() + GENERAL)).with("montage",
					new RunFile(folder() + PICTURE))));
			steps.add(Step.of(1e-6 * single() * pixels(), "evaluate", evaluated("single/").with("methods", MODEL).with(
				"summary", new RunFile(folder() + ALONE))));
		}

		/** PSNR by method. */
		Map<String, Double> scores(final Report report) {
			final MethodScores classical = MethodScores.read(report, folder() + CLASSICAL);
			final Map<String, Double> scores = new LinkedHashMap<>();
			for (final String method : Means.METHODS) scores.put(method, switch (method) {
				case "general" -> MethodScores.read(report, folder() + GENERAL).psnr("general");
				case "single" -> MethodScores.read(report, folder() + ALONE).psnr("general");
				default -> classical.psnr(method);
			});
			return scores;
		}
	}

	private static List<Factor> factors(final ExperimentSize size) {
		return FACTORS.keySet().stream().filter(heldOut(size)::contains).map(code -> new Factor(new HeldOutStack(code, box(
			size), NOMINAL_PIXEL_ANGSTROM, FACTOR_SNR, size.of(40, 1500, 5000)), size.of(1, 8, 20))).toList();
	}

	/**
	 * What the trust report says of a chain that nobody has learnt.
	 *
	 * @param stack particles without it, from which the structure's own model learns
	 * @param epochs of its training
	 */
	private record Factor(HeldOutStack stack, int epochs) {

		private String folder() {
			return TRUST + stack.code() + "/";
		}

		private Parameters pairs() {
			return Parameters.of("noisy", new RunFile(folder() + "without/noisy.mrcs")).with("clean", new RunFile(folder() +
				"without/clean.mrcs"));
		}

		/** All but the general model. */
		void addOthers(final List<Step> steps) {
			final String code = stack.code(), chain = FACTORS.get(code);
			final RunFile own = new RunFile(folder() + "own.clearice");
			steps.add(new Step("# simulates particles without and with chain " + chain + " in " + folder(), Parameters.of(
				"structure", new StructureFile(code)), 4e-7 * stack.count() * stack.box() * stack.box(), (context,
					listener) -> stack.simulate(context.structure(code), chain, context.file(folder() + "without"), context.file(
						folder() + "with"), listener)));
			steps.add(Step.of(RuntimeEstimate.Training.AUTOENCODER.seconds(stack.box(), epochs * stack.count()), "train",
				pairs().with("epochs", epochs).with("model", own)));
			steps.add(asked("wiener", "wiener"));
			steps.add(asked("cwf", "cwf"));
			steps.add(asked(own, "own"));
		}

		Step asked(final Object method, final String folder) {
			return Step.of(1e-5 * stack.count() * stack.box() * stack.box(), "trust", Parameters.of("model", method).with(
				pairs()).with("boundnoisy", new RunFile(folder() + "with/noisy.mrcs")).with("boundclean", new RunFile(folder() +
					"with/clean.mrcs")).with("output", new RunFile(folder() + folder)));
		}
	}

	/** Mean scores of the structures at one SNR, by method. */
	private record Means(Test test, String snr, Map<String, Map<String, Double>> psnr) {

		private static final List<String> METHODS = List.of("noisy", "wiener", "covariance Wiener",
			"averages of similar views", "general", "single");

		static Means read(final Test test, final String snr, final List<String> codes, final Report report) {
			final Map<String, Map<String, Double>> psnr = new LinkedHashMap<>();
			for (final String code : codes) psnr.put(code, new HeldOut(test, snr, code).scores(report));
			return new Means(test, snr, psnr);
		}

		double of(final String method) {
			return psnr.values().stream().mapToDouble(scores -> scores.get(method)).average().orElseThrow();
		}

		double gain(final String method, final String over) {
			return of(method) - of(over);
		}

		String label() {
			return test.box() + " pixels, SNR " + snr;
		}
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final List<Means> all = new ArrayList<>();
		for (final Test test : tests(size))
			for (final String snr : test.snrs()) all.add(Means.read(test, snr, heldOut(size), report));
		report.finding(gains(all, "general", "covariance Wiener", 1,
			"With a stack of 2,000, results are at least 1 dB better than those of the covariance Wiener filter.")).finding(
				gains(all, "single", "wiener", 3.5,
					"Particle by particle, results are at least 3.5 dB better than those of the radial Wiener filter."));
		report.heading("Means over the structures, PSNR in dB").table(means(all));
		for (final Means means : all) report.heading(means.label() + ", PSNR in dB").table(byStructure(means));
		final List<List<String>> trust = trust(size, report);
		report.heading("What the trust report says").table(trust).heading("Pictures");
		for (final Test test : tests(size)) for (final String code : heldOut(size).subList(0, Math.min(3, heldOut(size)
			.size()))) report.picture(folder(test, test.snrs().get(0), code) + PICTURE, code + ", " + test.box() +
				" pixels, SNR " + test.snrs().get(0));
		write(report, "means.tsv", means(all));
		write(report, "trust.tsv", trust);
		for (final Means means : all) write(report, "psnr-" + means.test().box() + "-" + means.snr() + ".tsv", byStructure(
			means));
	}

	private static Finding gains(final List<Means> all, final String method, final String over, final double target,
		final String claim)
	{
		final List<String> gains = all.stream().map(means -> means.label() + " " + Finding.number(means.gain(method, over),
			2)).toList();
		return Finding.ofCases(claim, all.stream().filter(means -> means.gain(method, over) >= target).count(), all.size(),
			"Gain in dB, mean over the structures: " + String.join("; ", gains) + ".", "");
	}

	private static List<List<String>> means(final List<Means> all) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("pixels", "SNR"));
		headings.addAll(Means.METHODS);
		rows.add(headings);
		for (final Means means : all) {
			final List<String> row = new ArrayList<>(List.of(String.valueOf(means.test().box()), means.snr()));
			for (final String method : Means.METHODS) row.add(Finding.number(means.of(method), 2));
			rows.add(row);
		}
		return rows;
	}

	private static List<List<String>> byStructure(final Means means) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("structure"));
		headings.addAll(Means.METHODS);
		rows.add(headings);
		means.psnr().forEach((code, scores) -> {
			final List<String> row = new ArrayList<>(List.of(code));
			scores.values().forEach(score -> row.add(Finding.number(score, 2)));
			rows.add(row);
		});
		return rows;
	}

	private static List<List<String>> trust(final ExperimentSize size, final Report report) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("structure", "method", "share of the factor shown", "invented detail", "power of pure noise"));
		for (final Factor factor : factors(size)) {
			final String code = factor.stack().code();
			for (final String method : ASKED) {
				final String file = TRUST + code + "/" + method + "/trust.tsv";
				final List<TrustTable.Row> tests = TrustTable.read(report.context().file(file));
				final List<String> row = new ArrayList<>(List.of(code, method.equals("own") ? "own model" : method));
				for (final String test : List.of("factor", "invented", "noise")) row.add(Finding.number(tests.stream().filter(
					one -> one.test().equals(test)).findFirst().orElseThrow(() -> RunContext.lacks(file, test)).value(), 3));
				rows.add(row);
			}
		}
		return rows;
	}

	private static void write(final Report report, final String file, final List<List<String>> rows) {
		final StringBuilder text = new StringBuilder();
		for (final List<String> row : rows) text.append(TabSeparated.line(row));
		TextFile.write(report.context().file(file), text.toString());
	}
}
