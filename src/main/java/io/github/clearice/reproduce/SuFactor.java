package io.github.clearice.reproduce;

import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.StackMontage;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.math3.stat.StatUtils;

/** A network trained on one complex denoises another: does it show parts that it has not learnt? */
final class SuFactor implements Experiment {

	/** A part of the density that is called shown. */
	private static final double HALF = 0.5;
	private static final int[] PICTURED = { 0, 1, 2, 3, 4, 5 };

	/**
	 * Two structures; one has an additional part, or the same part at another place.
	 *
	 * @param name in files
	 * @param label for tables
	 * @param maps parameters, without box, pixel and resolution, of the maps NAME-without.mrc and NAME-with.mrc, or of
	 *          both as the states of one series
	 */
	private record Case(String name, String label, List<Parameters> maps) {}

	private static final Parameters WHOLE = Parameters.of("structure", new StructureFile("1wcm")).with("centre", "whole");

	private static final List<Case> CASES = List.of(new Case("small", "5.7 % more (Rpb5)", List.of(
		WHOLE.with("exclude", "chain:E").with("output", new RunFile("small-without.mrc")), WHOLE.with("output", new RunFile(
			"small-with.mrc")))), new Case("large", "twice as large", List.of(
			WHOLE.with("chains", List.of("A", "E", "F", "H", "I")).with("output", new RunFile("large-without.mrc")),
				WHOLE.with(
				"output", new RunFile("large-with.mrc")))), new Case("moved", "a domain moved (spike)", List.of(
				Parameters.of("structure", new StructureFile("6vxx")).with("second", new StructureFile("6vyb")).with("states",
					2)
					.with("exclude", List.of("water", "ligand")).with("output", new RunFile("moved.mrc")))));

	@Override
	public String name() {
		return "su-factor";
	}

	@Override
	public String title() {
		return "A factor that the network has not learnt";
	}

	@Override
	public String source() {
		return "Su et al. 2018, Fig. 5";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "A conditional GAN is trained on one complex and tested on the same complex with a factor bound, in the" +
			" same views. The paper has RNA polymerase II (1NT9) with TFIIS (under 5 % of its mass) and with the initiation" +
			" factors (about as large as" +
			" itself); here parts of 1WCM are left out of the training: the subunit Rpb5 (chain E, 5.7 % of the" +
			" atoms), and all but the chains A, E, F, H and I (half). The third case is the spike (6VXX) whose domain" +
			" moves up (6VYB). SNR 0.1 in" +
			" boxes of 256 pixels of 1 Å; " +
			size.of("a small stand-in", "binned to 32 pixels of 8 Å after the noise, 2,000 training pairs, 10 epochs of" +
				" the light network with `gan=conditional`, 300 test views",
				"`preset=su2018`, 2,000 training pairs, 300 test views") +
			".\n\nThe *share shown* is the part of the factor's density by which results with and without it differ. The" +
			" *share invented* is the part that appears in results for particles without it, which includes " +
			"any blurred edge of the particle. Both are given as the median over views and " +
			"the range of the middle 80 %. For comparison there are a network that was " +
			"trained with the factor, and the Wiener filter, which has learnt nothing.";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int bin = size.of(2, 8, 1), box = size.of(32, 32, 256), full = box * bin, count = size.of(24, 2000, 2000),
			tests = size.of(12, 300, 300);
		final int epochs = size.of(1, 10, 21);
		final double training = size == ExperimentSize.FULL ? RuntimeEstimate.training(6.4 + 8.3, count * epochs)
			: RuntimeEstimate.Training.CONDITIONAL.seconds(box, count * epochs);
		final List<Step> steps = new ArrayList<>();
		for (final Case one : cases(size)) {
			for (final Parameters map : one.maps)
				steps.add(Step.of(20, "map", map.with("box", full).with("pixel", size.of(4, 1, 1)).with("resolution", 10)));
			for (final String state : List.of("without", "with")) {
				final Parameters map = Parameters.of("source", new RunFile(one.name + (one.maps.size() > 1 ? "-" + state : state
					.equals("without") ? "-1" : "-2") + ".mrc")).with("bin", bin);
				steps.add(Step.of(2e-7 * count * full * full, "simulate", map.with("count", count).with("snr", 0.1).with("seed",
					1)
					.with("output", file(one, state, "training"))));
				steps.add(Step.of(2e-7 * tests * full * full, "simulate", map.with("count", tests).with("snr", 0.1).with("seed",
					2)
					.with("output", file(one, state, "test"))));
				steps.add(Step.of(training, "train", Parameters.of("noisy", file(one, state,
					"training/noisy.mrcs")).with("clean",
					file(one, state, "training/clean.mrcs")).with(size.conditional("su2018")).with("epochs", epochs).with("model",
						file(one, state, "network.clearice"))));
			}
			for (final String state : List.of("without", "with"))
				for (final String method : List.of("without", "with", "wiener"))
					steps.add(Step.of(3, "denoise", Parameters.of("input", file(one, state, "test/noisy.mrcs")).with("method",
						method
						.equals("wiener") ? method : file(one, method, "network.clearice")).with("output", file(one, state, "by-" +
							method + ".mrcs"))));
		}
		return steps;
	}

	private static List<Case> cases(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? CASES.subList(1, 2) : CASES;
	}

	private static RunFile file(final Case one, final String state, final String name) {
		return new RunFile(one.name + "/" + state + "/" + name);
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final Map<Case, Map<String, FactorScores>> scores = new LinkedHashMap<>();
		for (final Case one : cases(size)) {
			scores.put(one, new LinkedHashMap<>());
			for (final String method : List.of("without", "with", "wiener")) scores.get(one).put(method, scores(one, method,
				report));
		}
		scores.forEach((one, methods) -> report.finding(shown(one, methods)));
		report.finding(elsewhere(scores)).finding(reverse(scores)).heading("Shares of the factor's density").table(table(
			scores));
		report.heading("Pictures");
		for (final Case one : cases(size)) picture(one, report);
	}

	private static FactorScores scores(final Case one, final String method, final Report report) {
		final RunContext context = report.context();
		return FactorScores.of(context.file(one.name + "/without/test/clean.mrcs"), context.file(one.name +
			"/with/test/clean.mrcs"), context.file(one.name + "/without/by-" + method + ".mrcs"), context.file(one.name +
				"/with/by-" + method + ".mrcs"));
	}

	private static Finding shown(final Case one, final Map<String, FactorScores> methods) {
		final String claim = switch (one.name) {
			case "small" -> "A small factor appears in the recovered images, where it is bound.";
			case "large" -> "Of a factor as large as the complex, some or all of the density appears.";
			default -> "(Not in the paper.) A domain that has moved appears in its new place.";
		};
		return ClaimTest.above(HALF, claim, "mean share of the factor's density by which results with and without it" +
			" differ; appears means more than" +
			" half").in("of the density", 2).on(sample(methods)).found(Effect.ofMean("the network",
				new double[][] { methods.get("without").shown() })).ideal(Effect.ofMean("the network that was trained with it",
					new double[][] { methods.get("with").shown() })).remark(Effect.ofMean("The Wiener filter has",
						new double[][] {
						methods.get("wiener").shown() }).text("of the density", 2) + ".").decidedBy(
							"Particles in which a network that knows the factor shows it: size=full.").finding();
	}

	private static String sample(final Map<String, FactorScores> methods) {
		return "1 training, " + methods.get("without").shown().length + " views";
	}

	private static Finding elsewhere(final Map<Case, Map<String, FactorScores>> scores) {
		ClaimTest test = ClaimTest.above(0.1, "If a factor is bound, the recovered images differ from the truth elsewhere.",
			"squared error outside the factor, above that of the network that was trained with it, as a share of that;" +
				" differs means by more than 0.1").in("of the error", 2).decidedBy("More views.");
		for (final Map.Entry<Case, Map<String, FactorScores>> one : scores.entrySet()) {
			final double[] without = one.getValue().get("without").outside(), with = one.getValue().get("with").outside();
			final double mean = StatUtils.mean(with);
			test = test.on(sample(one.getValue())).found(Effect.ofDifference(one.getKey().label, scaled(without, mean),
				scaled(
				with, mean)));
		}
		return test.finding();
	}

	private static double[][] scaled(final double[] values, final double by) {
		return new double[][] { Arrays.stream(values).map(value -> value / by).toArray() };
	}

	private static Finding reverse(final Map<Case, Map<String, FactorScores>> scores) {
		ClaimTest test = ClaimTest.below(HALF / 2, "(Not in the paper: the reverse.) A network that was trained with the" +
			" factor does not draw it where it is absent.", "mean share of the factor's density that is in results for" +
				" particles without it, beyond that of the network that has never seen it; does not draw means less than a" +
				" quarter").in("of the density", 2).decidedBy("More views.");
		for (final Map.Entry<Case, Map<String, FactorScores>> one : scores.entrySet()) test = test.on(sample(
			one.getValue()))
			.found(Effect.ofMean(one.getKey().label, new double[][] { one.getValue().get("with").inventedBeyond(one.getValue()
				.get("without")) }));
		return test.finding();
	}

	private static List<List<String>> table(final Map<Case, Map<String, FactorScores>> scores) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("factor", "images by", "share shown", "share invented"));
		scores.forEach((one, methods) -> methods.forEach((method, score) -> rows.add(List.of(one.label, label(method),
			FactorScores.range(score.shown()), FactorScores.range(score.invented())))));
		return rows;
	}

	private static String label(final String method) {
		return method.equals("wiener") ? "Wiener filter" : "network trained " + method + " the factor";
	}

	private static void picture(final Case one, final Report report) {
		final Map<String, String> rows = new LinkedHashMap<>();
		rows.put("with the factor, noisy", "with/test/noisy");
		rows.put("truth with the factor", "with/test/clean");
		rows.put("truth without it", "without/test/clean");
		rows.put("with the factor, network trained without", "with/by-without");
		rows.put("with the factor, network trained with it", "with/by-with");
		rows.put("without the factor, network trained with it", "without/by-with");
		rows.replaceAll((label, stack) -> one.name + "/" + stack + ".mrcs");
		StackMontage.write(report.context(), one.name + ".png", PICTURED, rows);
		report.picture(one.name + ".png", one.label);
	}

	/**
	 * The density of a bound factor in denoised images, in the same views with and without it.
	 * <p> The density of the factor in a view is the clean image with it less the clean image without it. A share is the
	 * part of that density which a result holds: its product with the density over the square of the density; 1 if all of
	 * it is there, 0 if nothing is.
	 *
	 * @param shown share, by view, by which results with and without the factor differ
	 * @param invented share, by view, that is in results for particles without the factor
	 * @param outside squared error where the factor is not, by view, of results with the factor
	 */
	record FactorScores(double[] shown, double[] invented, double[] outside) {

		/** Pixels with less than this part of the factor's greatest density are outside. */
		private static final double OUTSIDE = 0.05;

		/** Measures results of one method, {@code without} and {@code with} the factor. */
		static FactorScores of(final Path cleanWithout, final Path cleanWith, final Path without, final Path with) {
			try (ParticleStack apo = MrcParticleStack.open(cleanWithout);
					ParticleStack bound = MrcParticleStack.open(cleanWith);
					ParticleStack apoResult = MrcParticleStack.open(without);
					ParticleStack boundResult = MrcParticleStack.open(with))
			{
				final double[] shown = new double[apo.size()], invented = shown.clone(), outside = shown.clone();
				final int pixels = apo.box() * apo.box();
				final float[] a = new float[pixels], b = new float[pixels], da = new float[pixels], db = new float[pixels];
				for (int view = 0; view < apo.size(); view++) {
					apo.read(view, a);
					bound.read(view, b);
					apoResult.read(view, da);
					boundResult.read(view, db);
					double square = 0, greatest = 0;
					for (int p = 0; p < pixels; p++) {
						final double factor = b[p] - a[p];
						square += factor * factor;
						greatest = Math.max(greatest, Math.abs(factor));
						shown[view] += factor * (db[p] - da[p]);
						invented[view] += factor * (da[p] - a[p]);
					}
					for (int p = 0; p < pixels; p++) if (Math.abs(b[p] - a[p]) < OUTSIDE * greatest) outside[view] += (
						db[p] - b[p]) *
						(db[p] - b[p]);
					shown[view] /= square;
					invented[view] /= square;
				}
				return new FactorScores(shown, invented, outside);
			}
		}

		/** The share, by view, that this method puts where the factor is not, beyond what another does. */
		double[] inventedBeyond(final FactorScores other) {
			final double[] beyond = new double[invented.length];
			for (int view = 0; view < beyond.length; view++) beyond[view] = invented[view] - other.invented[view];
			return beyond;
		}

		/** Median and, in brackets, the range of eight views in ten. */
		static String range(final double[] shares) {
			return Finding.number(StatUtils.percentile(shares, 50), 2) + " (" + Finding.number(StatUtils.percentile(shares,
				10),
				2) + " to " + Finding.number(StatUtils.percentile(shares, 90), 2) + ")";
		}
	}
}
