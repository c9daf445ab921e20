package io.github.clearice.reproduce;

import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.RuntimeEstimate;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.MethodScores;
import io.github.clearice.reproduce.Report.StackMontage;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Motors on a filament, of our own making. */
final class SuFilament implements Experiment {

	private static final int[] PICTURES = { 0, 1, 2 };
	private static final String NOISY = "noisy";
	private static final double SNR = 0.005;
	private static final String LOW_PASS = "low-pass 40 Å";
	private static final String WIENER = "radial Wiener";
	private static final String NETWORK = "conditional GAN";
	private static final String TRUTH = "original projection";
	/** The stacks of test images, by their content. */
	private static final Map<String, String> STACKS = stacks();

	private static Map<String, String> stacks() {
		final Map<String, String> stacks = new LinkedHashMap<>();
		stacks.put(NOISY, "test/noisy.mrcs");
		stacks.put(LOW_PASS, "lowpass.mrcs");
		stacks.put(WIENER, "wiener.mrcs");
		stacks.put(NETWORK, "recovered.mrcs");
		stacks.put(TRUTH, "test/clean.mrcs");
		return stacks;
	}

	@Override
	public String name() {
		return "su-filament";
	}

	@Override
	public String title() {
		return "Motors on a filament";
	}

	@Override
	public String source() {
		return "Su et al. 2018, Fig. 4";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "The paper's model of myosin V on actin is not public; this one is made of simple shapes: a helix of 15" +
			" balls with actin's rise and twist (27.5 Å, -166.7 degrees), and on each of the nine in the middle," +
			" independently and with a probability of one third, a motor: a head, a lever arm of 70 Å at about 40 or" +
			" 115 degrees to the filament, and a thin tail of 60 Å in any direction. The filament lies in the image plane" +
			" to within 5 degrees and is rotated about " +
			"its axis at random. " + training(size).count() + " arrangements with " + training(size).views() +
			" views are used for training, " + test(size).count() + " others with " + test(size).views() + " views" +
			" for testing. " +
			size.of("A small stand-in",
				"The full-size experiment (128 pixels of 4 Å) is binned to 64 pixels after the noise; the light network with `gan=conditional`, 5 epochs",
				"Boxes of 128 pixels of 4 Å, which show all details of the shapes; `preset=pix2pix`") +
			"; SNR " + SNR + " at full size (variances over the whole box).\n\nArrangement and view are known, so" +
				" everything is measured at the true sites, " +
			"where they lie beside the filament in the image. Detection: the mean density " +
			"in a disc of 24 Å at the place of a head, with a motor and without (AUC: the " +
			"probability that it is higher with a motor; 0.5 is chance). Angle of a lever: " +
			"the angle at which it stands out most from both sides. Angle of a tail: the " +
			"same, from the true end of the lever. Where a tail or a lever is hidden by " +
			"others, this measure is wrong even for the original projection.";
	}

	@Override
	public String parameters() {
		return "";
	}

	private static FilamentSet training(final ExperimentSize size) {
		return new FilamentSet("training-arrangements", size.of(4, 32, 60), size.of(24, 2000, 2000), 1);
	}

	private static FilamentSet test(final ExperimentSize size) {
		return new FilamentSet("test-arrangements", size.of(4, 12, 20), size.of(24, 240, 500), 2);
	}

	private static int bin(final ExperimentSize size) {
		return size.of(2, 2, 1);
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int box = size.of(32, 64, 128), epochs = size.of(1, 5, 200);
		final FilamentSet training = training(size), test = test(size);
		final double images = (double) epochs * training.views(), pixels = box * box;
		final int full = box * bin(size);
		final Parameters scale = Parameters.of("box", full).with("pixel", size.of(8, 4, 4)).with("resolution", 20).with(
			"snr", SNR).with("bin", bin(size));
		final RunFile noisy = new RunFile("test/noisy.mrcs"), network = new RunFile("network.clearice");
		final List<Step> steps = new ArrayList<>();
		for (final FilamentSet set : List.of(training, test)) {
			steps.add(set.step());
			steps.add(Step.of(1e-6 * set.count() * full * full * full + 2e-7 * set.views() * full * full, "simulate",
				Parameters.of(
				"source", set.sources()).with(scale).with("star", set.star()).with("count", set.views()).with("seed", set
				.seed())
				.with("output", new RunFile(set == training ? "training" : "test"))));
		}
		steps.add(Step.of(size == ExperimentSize.FULL ? RuntimeEstimate.training((5.95 + 3.13) / 4, images)
			: RuntimeEstimate.Training.CONDITIONAL.seconds(box, images),
			"train", Parameters.of("noisy", new RunFile("training/noisy.mrcs")).with("clean", new RunFile(
				"training/clean.mrcs")).with(size.conditional("pix2pix")).with(size == ExperimentSize.SMOKE ? Parameters.of(
					"batch",
					8) : Parameters.NONE).with("epochs", epochs).with("model", network)));
		steps.add(Step.of(3, "denoise", Parameters.of("input", noisy).with("method", network).with("output", new RunFile(
			"recovered.mrcs"))));
		steps.add(Step.of(1, "denoise", Parameters.of("input", noisy).with("method", "lowpass").with("cutoff",
			40).with("output",
			new RunFile("lowpass.mrcs"))));
		steps.add(Step.of(1, "denoise", Parameters.of("input", noisy).with("method", "wiener").with("output", new RunFile(
			"wiener.mrcs"))));
		steps.add(Step.of(1e-6 * test.views() * pixels, "evaluate", Parameters.of("reference",
			new RunFile("test/clean.mrcs")).with(
			"image", noisy).with("methods", List.of("mean", "lowpass", "wiener", "oracle", network)).with("output",
				new RunFile(
				"scores.tsv")).with("summary", new RunFile("methods.tsv"))));
		steps.add(Step.of(2, "# looks for the motors in all stacks, into motors.tsv", (context, listener) -> measureMotors(
			test, context, listener)));
		return steps;
	}

	private static void measureMotors(final FilamentSet test, final RunContext context, final TaskListener listener) {
		final Map<String, MotorScores> scores = scores(test, context);
		final List<MotorSummary> table = new ArrayList<>();
		scores.forEach((method, score) -> table.add(score.summary(method, scores.get(TRUTH))));
		listener.checkCancelled("Looking for motors");
		MotorSummary.write(context.file("motors.tsv"), table);
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final List<MotorSummary> motors = MotorSummary.read(report.context().file("motors.tsv"));
		final MotorSummary any = motors.get(0);
		final Map<String, MotorScores> scores = scores(test(size), report.context());
		report.finding(found(scores, any)).finding(angles(scores, any)).finding(tails(scores, any));
		report.heading("Motors").paragraph(any.motors() + " motors on " + any.sites() +
			" sites. Shares are of the contrast in the original projections; 1 is all of it.").table(table(motors));
		report.heading("Images").table(MethodScores.read(report, "methods.tsv").rows());
		StackMontage.write(report.context(), "views.png", PICTURES, STACKS);
		report.heading("Pictures").picture("views.png",
			"Arrangements that the network was not trained on; each image has a contrast of its own");
	}

	private static Map<String, MotorScores> scores(final FilamentSet test, final RunContext context) {
		final RelionParticles particles = RelionParticles.read(context.file("test/particles.star"));
		final List<Filament> filaments = test.filaments();
		final Map<String, MotorScores> scores = new LinkedHashMap<>();
		STACKS.forEach((method, stack) -> scores.put(method, MotorScores.of(context.file(stack), particles, filaments)));
		return scores;
	}

	private static String sample(final MotorSummary any) {
		return "1 training, " + any.motors() + " motors";
	}

	private static Finding found(final Map<String, MotorScores> scores, final MotorSummary any) {
		final double[][] noisy = scores.get(NOISY).ranks();
		final String filter = scores.get(LOW_PASS).areaUnderCurve() > scores.get(WIENER).areaUnderCurve() ? LOW_PASS
			: WIENER;
		return ClaimTest.above(0, "Motors can more easily be identified than in noisy images.",
			"the probability that a motor is denser than a free site (AUC), above that in the noisy images, at the known" +
				" sites").in("AUC", 3).on(sample(any)).found(Effect.ofDifference("recovered images", scores.get(
					NETWORK).ranks(),
					noisy)).ideal(Effect.ofDifference("the original projections", scores.get(TRUTH).ranks(), noisy)).remark(
						Effect.ofDifference("A linear filter (" + filter + ")", scores.get(filter).ranks(), noisy).text("AUC", 3) +
							". Averaging over a disc is itself a filter, so a program needs the network less than the eye.")
			.decidedBy("Longer trainings: size=full.").finding();
	}

	private static Finding angles(final Map<String, MotorScores> scores, final MotorSummary any) {
		final double[][] truth = scores.get(TRUTH).each(MotorScores::leverError);
		return ClaimTest.above(2, "The angle of motors to the filament differs in recovered images.",
			"mean error of a lever's angle above that in the original projections, by the same measure; differs means by" +
				" more than 2 degrees").in("degrees", 1).on(sample(any)).found(Effect.ofDifference("recovered images", scores
					.get(NETWORK).each(MotorScores::leverError), truth)).remark(Effect.ofDifference("The noisy images have",
						scores
						.get(NOISY).each(MotorScores::leverError), truth).text("degrees", 1) + ".").decidedBy(
							"More motors, and longer trainings.").finding();
	}

	private static Finding tails(final Map<String, MotorScores> scores, final MotorSummary any) {
		final double[][] truth = scores.get(TRUTH).each(MotorScores.Sight::tailErrorDegree);
		return ClaimTest.above(10, "The location and the angle of tails differ.",
			"mean error of a tail's direction above that in the original projections; differs means by more than 10 degrees")
			.in("degrees", 0).on(sample(any)).found(Effect.ofDifference("recovered images", scores.get(NETWORK).each(
				MotorScores.Sight::tailErrorDegree), truth)).decidedBy("More motors, and longer trainings.").finding();
	}

	private static List<List<String>> table(final List<MotorSummary> motors) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("", "AUC", "balanced accuracy", "lever's angle, median error", "lever's state right",
			"tail's direction, median error", "head", "lever", "tail"));
		for (final MotorSummary row : motors)
			rows.add(List.of(row.method(), Finding.number(row.areaUnderCurve(), 3), Finding.number(row.balancedAccuracy(), 3),
				Finding.number(row.leverErrorDegree(), 1) + "°", Finding.number(100 * row.leverStateRight(), 0) + " %", Finding
					.number(row.tailErrorDegree(), 0) + "°", Finding.number(row.headShare(), 2), Finding.number(row.leverShare(),
						2), Finding.number(row.tailShare(), 2)));
		return rows;
	}

	/**
	 * Arrangements of motors on filaments, and views of them that have the filament about in the plane.
	 *
	 * @param name of the folder that receives a PDB file for each, and of the STAR file with views
	 * @param count of arrangements
	 * @param views of all together
	 * @param seed of all random numbers
	 */
	record FilamentSet(String name, int count, int views, long seed) {

		/** Out of the plane, as thin ice allows. */
		private static final double TILT_SPREAD_DEGREE = 5;

		/** The arrangements; the same whenever they are asked for. */
		List<Filament> filaments() {
			return IntStream.range(0, count).mapToObj(i -> Filament.random(Seeds.random(seed, i))).toList();
		}

		/** The files of the arrangements. */
		List<RunFile> sources() {
			return IntStream.rangeClosed(1, count).mapToObj(i -> new RunFile(name + "/" + i + ".pdb")).toList();
		}

		/** The STAR file with views. */
		RunFile star() {
			return new RunFile(name + "/views.star");
		}

		/** Writes them. */
		Step step() {
			return Step.of(1, "# writes " + count + " filaments with motors at random as PDB files, and " + views +
				" views of them, into " + name, this::write);
		}

		private void write(final RunContext context, final TaskListener listener) {
			final List<Filament> filaments = filaments();
			for (int i = 0; i < count; i++) TextFile.write(context.file(name + "/" + (i + 1) + ".pdb"),
				filaments.get(i).pdb());
			final List<RelionParticle> rows = new ArrayList<>();
			for (int i = 0; i < views; i++) {
				final SplittableRandom random = Seeds.random(seed, -1, i);
				rows.add(RelionParticle.of("views.mrcs", i, random.nextDouble(-180, 180), 90 + TILT_SPREAD_DEGREE * random
					.nextGaussian(), random.nextDouble(-180, 180), 0, 0, 1, null, 1, 1, 1 + i % 2, 0));
			}
			RelionParticles.of(List.of(new OpticsGroup(1, "opticsGroup1", 300, 2.7, 0.1, 1, 1)),
				rows).write(context.file(name +
				"/views.star"));
		}
	}
}
