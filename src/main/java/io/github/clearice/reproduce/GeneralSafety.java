package io.github.clearice.reproduce;

import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.model.ImageScale;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.stack.MrcParticleStack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the general model makes of noise, hides and invents, beside filters and models of the structure itself. */
final class GeneralSafety {

	/** Structures with a chain that is hidden from those who learn: about 5 % of the mass. */
	private static final Map<String, String> FACTORS = factors();
	private static final double SNR = 0.1, LARGEST_NOISE = 0.02, EQUAL_SHARE = 0.02;
	private static final String TRUST = "trust/", MODEL = "general", OWN = "own model";
	/** By the names of the folders of their reports. */
	private static final List<String> ASKED = List.of("wiener", "cwf", "views", MODEL, "own");

	private GeneralSafety() {}

	private static Map<String, String> factors() {
		final Map<String, String> factors = new LinkedHashMap<>();
		factors.put("1wcm", "E");
		factors.put("3j9i", "A");
		return factors;
	}

	/** Adds the steps that no general model is needed for. */
	static void addOthers(final ExperimentSize size, final List<Step> steps) {
		for (final Factor factor : factors(size)) factor.addOthers(steps);
	}

	/** Adds what the general model is asked. */
	static void addTested(final Object model, final ExperimentSize size, final List<Step> steps) {
		for (final Factor factor : factors(size)) steps.add(factor.asked(model, MODEL));
		Noise.of(size).add(model, steps);
	}

	/**
	 * Images without particles, as a stack, and a few that are denoised one by one.
	 *
	 * @param stack whose particles are too weak to matter
	 * @param few the same of fewer images
	 */
	private record Noise(HeldOutStack stack, HeldOutStack few) {

		private static final String NOISE = "noise/", RESULT = "general.mrcs";

		static Noise of(final ExperimentSize size) {
			final String code = GeneralStudy.heldOut(size).get(0);
			return new Noise(of(code, size, size.of(80, 2000, 2000)), of(code, size, size.of(20, GeneralStudy.SINGLE,
				GeneralStudy.SINGLE)));
		}

		private static HeldOutStack of(final String code, final ExperimentSize size, final int count) {
			return new HeldOutStack(code, GeneralStudy.box(size), GeneralStudy.NOMINAL_PIXEL_ANGSTROM, GeneralStack.EMPTY_SNR,
				count);
		}

		private static String folder(final boolean alone) {
			return NOISE + (alone ? "single/" : "");
		}

		void add(final Object model, final List<Step> steps) {
			steps.add(new Step("# simulates " + stack.count() + " images without particles in " + NOISE, Parameters.of(
				"structure", new StructureFile(stack.code())), 2e-7 * stack.count() * stack.box() * stack.box(), (context,
					listener) -> {
					stack.simulate(context.structure(stack.code()), context.file(folder(false)), listener);
					few.simulate(context.structure(stack.code()), context.file(folder(true)), listener);
				}));
			for (final boolean alone : new boolean[] { false, true }) {
				final int count = (alone ? few : stack).count();
				steps.add(Step.of(3e-6 * count * stack.box() * stack.box(), "denoise", Parameters.of("input", new RunFile(
					folder(alone) + "noisy.mrcs")).with("method", model).with("output", new RunFile(folder(alone) + RESULT))));
			}
		}

		/** The power of the results, as a share of that of particles with an SNR of {@value GeneralSafety#SNR}. */
		static double share(final boolean alone, final Report report) {
			return power(report, folder(alone) + RESULT) / (SNR * power(report, folder(alone) + "noisy.mrcs"));
		}

		private static double power(final Report report, final String file) {
			try (MrcParticleStack images = MrcParticleStack.open(report.context().file(file))) {
				final float[] pixels = new float[images.box() * images.box()];
				double sum = 0;
				for (int i = 0; i < images.size(); i++) {
					images.read(i, pixels);
					sum += Math.pow(ImageScale.of(pixels).deviation(), 2);
				}
				return sum / images.size();
			}
		}
	}

	private static List<Factor> factors(final ExperimentSize size) {
		return FACTORS.keySet().stream().filter(GeneralStudy.heldOut(size)::contains).map(code -> new Factor(
			new HeldOutStack(code, GeneralStudy.box(size), GeneralStudy.NOMINAL_PIXEL_ANGSTROM, SNR, size.of(40, 1500, 5000)),
			size.of(1, 8, 20))).toList();
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
			for (final String method : List.of("wiener", "cwf", "views")) steps.add(asked(method, method));
			steps.add(asked(own, "own"));
		}

		Step asked(final Object method, final String folder) {
			return Step.of(1e-5 * stack.count() * stack.box() * stack.box(), "trust", Parameters.of("model", method).with(
				pairs()).with("boundnoisy", new RunFile(folder() + "with/noisy.mrcs")).with("boundclean", new RunFile(folder() +
					"with/clean.mrcs")).with("output", new RunFile(folder() + folder)));
		}
	}

	/**
	 * What the trust report says of a method.
	 *
	 * @param code of the structure
	 * @param shown share of the hidden chain that is shown
	 * @param invented share of detail that is not in the truth
	 * @param noise power of what pure noise among particles becomes
	 */
	private record Trust(String code, String method, double shown, double invented, double noise) {

		static final List<String> HEAD = List.of("structure", "method", "share of the factor shown", "invented detail",
			"power of pure noise");

		static Trust read(final String code, final String method, final Report report) {
			final String file = TRUST + code + "/" + method + "/trust.tsv";
			final List<TrustTable.Row> tests = TrustTable.read(report.context().file(file));
			final double[] values = List.of("factor", "invented", "noise").stream().mapToDouble(test -> tests.stream().filter(
				one -> one.test().equals(test)).findFirst().orElseThrow(() -> RunContext.lacks(file, test)).value()).toArray();
			return new Trust(code, method.equals("own") ? OWN : method, values[0], values[1], values[2]);
		}

		/** The row of another method on the same particles. */
		Trust beside(final String other, final List<Trust> all) {
			return all.stream().filter(row -> row.code.equals(code) && row.method.equals(other)).findFirst().orElseThrow();
		}

		List<String> cells() {
			return List.of(code, method, Finding.number(shown, 3), Finding.number(invented, 3), Finding.number(noise, 3));
		}
	}

	private static List<Trust> trust(final ExperimentSize size, final Report report) {
		final List<Trust> rows = new ArrayList<>();
		for (final Factor factor : factors(size))
			for (final String method : ASKED) rows.add(Trust.read(factor.stack().code(), method, report));
		return rows;
	}

	/** Reads all reports, and writes what they show. */
	static void conclude(final ExperimentSize size, final Report report) {
		final List<Trust> trust = trust(size, report);
		report.finding(noise(report)).finding(shown(trust)).finding(invented(trust));
		final List<List<String>> table = new ArrayList<>(List.of(Trust.HEAD));
		trust.forEach(row -> table.add(row.cells()));
		report.heading("What the trust report says").table(table).file("trust.tsv", table);
	}

	private static Finding noise(final Report report) {
		final double stack = Noise.share(false, report), alone = Noise.share(true, report);
		return ClaimTest.below(LARGEST_NOISE, "Images of nothing but noise become images with little power.",
			"power, as a share of that of a particle of SNR " + SNR + "; little means less than " + LARGEST_NOISE).in(
				"of the power", 4).on("2 stacks of noise").found(Effect.ofMean("a stack of them, and one by one",
					new double[][] {
					{ stack, alone } })).decidedBy("More stacks of noise.").finding();
	}

	private static double[][] each(final List<Trust> trust, final ToDoubleFunction<Trust> value) {
		return new double[][] { trust.stream().filter(row -> row.method.equals(MODEL)).mapToDouble(value).toArray() };
	}

	private static Finding shown(final List<Trust> trust) {
		final double[][] more = each(trust, row -> row.shown - row.beside("wiener", trust).shown);
		return ClaimTest.above(-EQUAL_SHARE, "A chain of about 5 % that no particle of the stack has is not hidden more" +
			" than the Wiener filter hides" +
			" it.", "share that is shown above that of the Wiener filter; not more means less by at" +
				" most " + EQUAL_SHARE).in("of the chain", 2).on(more[0].length + " structures").found(Effect.ofMean(
					"mean over the structures", more)).remark("Similar views of the stack lack the chain, too.").decidedBy(
						"More structures.").finding();
	}

	private static Finding invented(final List<Trust> trust) {
		final double[][] more = each(trust, row -> row.invented - row.beside(OWN, trust).invented / 2);
		return ClaimTest.below(0, "At most half as much detail is invented as by a model of the structure itself.",
			"share of invented detail, less half of that of the model of the structure").in("of the detail", 2).on(
				more[0].length + " structures").found(Effect.ofMean("mean over the structures", more)).decidedBy(
					"More structures.").finding();
	}
}
