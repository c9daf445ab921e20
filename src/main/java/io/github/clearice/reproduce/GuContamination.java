package io.github.clearice.reproduce;

import io.github.clearice.evaluate.contamination.StudyScores;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.GuTable.FiveStates;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.simulate.ContaminationType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Wrong pairs in the training data, which autoencoders and GANs, as printed and at parity, learn from.
 *
 * @param networks those that are trained
 */
record GuContamination(GuNetworks networks) implements Experiment {

	private static final List<GuMethod> AUTOENCODERS = List.of(GuMethod.L1, GuMethod.L2);
	/** A loss of PSNR counts above this, in dB. */
	private static final double HARM_DECIBELS = 0.5;

	@Override
	public String name() {
		return "gu-contamination" + networks.suffix();
	}

	@Override
	public String title() {
		return "Contaminated training data" + networks.title();
	}

	@Override
	public String source() {
		return "Gu et al. 2021, Fig. 3 e to g";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "A share of the training pairs has its reference (A), its noisy image (B) or both (C) replaced by Gaussian" +
			" noise of the stack's mean and deviation. Networks are tested on correct pairs that they have not seen. " +
			FiveStates.ACCOUNT + " " + networks.account + String.format(Locale.ROOT,
				" The full-size experiment at SNR 0.1 is binned to %d pixels after the noise; %s; types %s, shares of %s.",
				networks.box(size), networks.sizes(size), types(size).stream().map(Enum::name).collect(Collectors.joining(
					" and ")), fractions(size).stream().map(GuContamination::percent).collect(Collectors.joining(", "))) +
			" GANs are trained as printed (lambda = 10)" + (networks.areResnets() && size == ExperimentSize.DESK
				? " only at full size" : "") +
			" and at parity.";
	}

	private static List<Double> fractions(final ExperimentSize size) {
		return size.of(List.of(0.0, 0.3), List.of(0.0, 0.3), List.of(0.0, 0.1, 0.2, 0.3));
	}

	private static List<ContaminationType> types(final ExperimentSize size) {
		return size.of(List.of(ContaminationType.A), List.of(ContaminationType.A, ContaminationType.B), List.of(
			ContaminationType.values()));
	}

	private List<GuMethod> gans(final ExperimentSize size) {
		final List<GuMethod> atParity = List.of(GuMethod.HALVES.atParity(), GuMethod.WGAN.atParity());
		return size.of(List.of(GuMethod.HALVES), networks.areResnets() ? atParity : GuMethod.both(List.of(GuMethod.HALVES,
			GuMethod.WGAN)), GuMethod.both(List
			.of(GuMethod.HALVES, GuMethod.ONES, GuMethod.WGAN)));
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = networks.box(size), count = networks.count(size) + GuNetworks.tests(size);
		final Parameters pairs = Parameters.of("noisy", new RunFile("pairs/noisy.mrcs")).with("clean", new RunFile(
			"pairs/clean.mrcs")).with("tests", GuNetworks.tests(size)).with("seeds", GuNetworks.seeds(size)).with("preset",
				networks.preset(size)).with("fractions", fractions(size));
		final List<Step> steps = new ArrayList<>(FiveStates.maps(size, box));
		steps.add(Step.of(2e-7 * GuNetworks.FULL_BOX * GuNetworks.FULL_BOX * count, "simulate", FiveStates
			.simulated(size, box, "0.1").with("count", count).with("seed", 1).with("output", new RunFile("pairs"))));
		// One study for each type, so that a run that is stopped has whole types.
		for (final ContaminationType type : types(size)) for (final boolean gan : new boolean[] { false, true }) {
			final List<GuMethod> methods = gan ? gans(size) : AUTOENCODERS;
			steps.add(Step.of(seconds(methods, size, type), "contamination", pairs.with("types", type).with("methods", methods
				.stream().map(GuMethod::name).toList()).with("epochs", methods.get(0).epochs(networks.epochs(size)))
				.with("output", new RunFile(folder(gan)))));
		}
		return steps;
	}

	private static String folder(final boolean gan) {
		return gan ? "gans" : "autoencoders";
	}

	/** Trainings without contamination serve all types. */
	private double seconds(final List<GuMethod> methods, final ExperimentSize size, final ContaminationType type) {
		double seconds = 0;
		for (final GuMethod method : methods) seconds += method.seconds(networks.areUsed(size), networks.box(size),
			(double) networks.count(size) * method.epochs(networks.epochs(size)));
		return seconds * GuNetworks.seeds(size) * (fractions(size).size() - (type == types(size).get(0) ? 0 : 1));
	}

	/** The scores of the images of all trainings. */
	private record Scores(Report report, ExperimentSize size) {

		/** PSNR in dB, {@code [seed][image]}. */
		double[][] of(final GuMethod method, final ContaminationType type, final double fraction) {
			return StudyScores.readPsnr(report.context().file(folder(method.isGan())), method.name(), type, fraction,
				GuNetworks.seeds(size));
		}

		/** By how much a method is worse for the contamination. */
		Effect harm(final GuMethod method, final ContaminationType type, final double fraction) {
			return Effect.ofDifference(method.label() + " under " + type + ", " + percent(fraction), of(method, type, 0), of(
				method, type, fraction));
		}

		/** By how much a method is better than another under the same contamination. */
		Effect gain(final GuMethod method, final GuMethod over, final ContaminationType type, final double fraction) {
			return Effect.ofDifference(method.label() + " under " + type + ", " + percent(fraction), of(method, type,
				fraction), of(over, type, fraction));
		}

		double most() {
			return fractions(size).get(fractions(size).size() - 1);
		}

		String sample() {
			return GuNetworks.seeds(size) + " trainings, " + GuNetworks.tests(size) + " images";
		}
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final Scores scores = new Scores(report, size);
		report.finding(pixelLosses(scores)).finding(typeA(scores));
		for (final GuMethod gan : gans(size)) report.finding(gan.name().startsWith("wgan") ? wasserstein(scores, gan)
			: robust(scores, gan));
		for (final ContaminationType type : types(size)) report.heading("Type " + type).paragraph(
			"PSNR in dB with its 95 % interval over seeds and images; every image is scaled by its reference to" +
				" [0,1].").table(
				table(scores, type)).picture(folder(true) + "/psnr-" + type + ".png", "The GANs under type " + type +
					"; bars are standard deviations over seeds");
	}

	private static Finding pixelLosses(final Scores scores) {
		return ClaimTest.above(HARM_DECIBELS, "The l1 loss is more robust than the l2 loss when references are wrong (A).",
			"PSNR of the l1 above the l2 autoencoder with the largest share of wrong references; more robust means by more" +
				" than " + HARM_DECIBELS + " dB").on(scores.sample()).found(scores.gain(GuMethod.L1, GuMethod.L2,
					ContaminationType.A, scores.most())).blind(Effect.ofDifference("without contamination", scores.of(
						GuMethod.L1, ContaminationType.A, 0), scores.of(GuMethod.L2, ContaminationType.A, 0))).decidedBy(
							"More seeds.").finding();
	}

	private static Finding typeA(final Scores scores) {
		ClaimTest test = ClaimTest.below(HARM_DECIBELS, "Wrong noisy images (B) harm the autoencoders little.",
			"PSNR that an autoencoder loses with the largest share of wrong noisy images; little means less than " +
				HARM_DECIBELS + " dB").on(scores.sample()).blind(scores.harm(GuMethod.L2, ContaminationType.A, scores.most()))
			.decidedBy("Types B and C: size=desk or full.");
		if (types(scores.size).contains(ContaminationType.B)) for (final GuMethod method : AUTOENCODERS) test = test.found(
			scores.harm(method, ContaminationType.B, scores.most()));
		return test.finding();
	}

	private static Finding wasserstein(final Scores scores, final GuMethod wgan) {
		return ClaimTest.above(HARM_DECIBELS, "Wrong references (A) confuse the " + wgan.label() +
			" more than the l1 autoencoder.", "PSNR of the l1 autoencoder above the GAN with the largest share of wrong" +
				" references, less what it is above without them; more means by more than " + HARM_DECIBELS + " dB").on(scores
					.sample()).found(Effect.ofDifference(wgan.label(), losses(scores, wgan), losses(scores, GuMethod.L1))).ideal(
						Effect.ofDifference("the l2 autoencoder, which the claim compares it with", losses(scores, GuMethod.L2),
							losses(scores, GuMethod.L1))).decidedBy("More seeds, and longer trainings.").finding();
	}

	/** What each image loses under type A, {@code [seed][image]}. */
	private static double[][] losses(final Scores scores, final GuMethod method) {
		final double[][] clean = scores.of(method, ContaminationType.A, 0), wrong = scores.of(method, ContaminationType.A,
			scores.most());
		final double[][] losses = new double[clean.length][clean[0].length];
		for (int s = 0; s < losses.length; s++) for (int i = 0; i < losses[s].length; i++)
			losses[s][i] = clean[s][i] - wrong[s][i];
		return losses;
	}

	private static Finding robust(final Scores scores, final GuMethod gan) {
		ClaimTest test = ClaimTest.above(GuTable.EQUAL_DECIBELS, "The " + gan.label() +
			" is more robust than the l1 autoencoder.", "PSNR of the GAN above that of the l1 autoencoder after as many" +
				" updates, with the largest share of wrong pairs of each type; more robust means by more than " +
				GuTable.EQUAL_DECIBELS + " dB").on(scores.sample()).ideal(Effect.ofDifference(
					"the l1 autoencoder with right pairs", scores.of(GuMethod.L1, ContaminationType.A, 0), scores.of(GuMethod.L1,
						ContaminationType.A, scores.most()))).decidedBy("More seeds, and longer trainings.");
		for (final ContaminationType type : types(scores.size)) test = test.found(scores.gain(gan, GuMethod.L1, type, scores
			.most()));
		return test.finding();
	}

	private List<List<String>> table(final Scores scores, final ContaminationType type) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> headings = new ArrayList<>(List.of("method"));
		fractions(scores.size).forEach(fraction -> headings.add(percent(fraction)));
		rows.add(headings);
		final List<GuMethod> methods = new ArrayList<>(AUTOENCODERS);
		methods.addAll(gans(scores.size));
		for (final GuMethod method : methods) {
			final List<String> cells = new ArrayList<>(List.of(method.label()));
			for (final double fraction : fractions(scores.size)) cells.add(Effect.ofMean("", scores.of(method, type,
				fraction)).figures(2));
			rows.add(cells);
		}
		return rows;
	}

	private static String percent(final double fraction) {
		return Math.round(100 * fraction) + " %";
	}
}
