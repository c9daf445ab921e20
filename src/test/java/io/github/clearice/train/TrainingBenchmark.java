package io.github.clearice.train;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Images a second in training, by network, box and precision, and the added time of reading and preparing batches; and
 * the time of an update of Algorithm 1 of Gu et al. 2021 with each kind of discriminator.
 */
public final class TrainingBenchmark {

	private static final int BATCH = 20;
	private static final int PAIRS = 200;
	private static final int ROUNDS = 7;

	private TrainingBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		final boolean bfloat16 = TensorFlowRuntime.get().hasBfloat16();
		if (!bfloat16) table.remark("No bfloat16: this processor has no instructions for it.");
		final List<Precision> precisions = bfloat16 ? List.of(Precision.FLOAT32, Precision.BFLOAT16) : List.of(
			Precision.FLOAT32);
		table.heading("Training step, batch 20");
		for (final int box : List.of(64, 128)) {
			final ParticlePairs pairs = pairs(box);
			for (final String network : List.of(Architectures.LIGHT, Architectures.GU_2021))
				for (final Precision precision : precisions)
					measure(table, pairs, network, precision);
		}
		table.heading("An update of Algorithm 1, one ascent and one descent, gu2021, 128 pixels, batch 20, Adam");
		for (final Precision precision : precisions) game(table, pairs(128), precision);
	}

	/** An update without, with a discriminator, and with a critic and its penalty, alternating. */
	private static void game(final BenchmarkTable table, final ParticlePairs pairs, final Precision precision) {
		final List<String> games = List.of("none", "beta", "wgan");
		final List<TrainingGraph> graphs = new ArrayList<>();
		final List<double[]> seconds = new ArrayList<>();
		Batches.Batch batch = null;
		for (final String gan : games) {
			final Map<String, String> given = Map.of("network", Architectures.GU_2021, "gan", gan, "batch", Integer.toString(
				BATCH), "optimiser", "adam");
			final TrainingOptions options = TrainingOptions.fast().with(given).with(gan.equals("none") ? Map.of() : Map.of(
				"kg", "1"));
			if (batch == null) {
				try (Batches batches = new Batches(TrainingSet.of(PairSource.of(pairs), options, TaskListener.SILENT),
					options))
				{
					batch = batches.take(1);
				}
			}
			graphs.add(new TrainingGraph(Networks.with(Architectures.named(Architectures.GU_2021), options), pairs.box(),
				options, new Device(false, precision, 0)));
			seconds.add(new double[ROUNDS]);
		}
		for (int round = -2; round < ROUNDS; round++) {
			for (int i = 0; i < games.size(); i++) {
				final long start = System.nanoTime();
				graphs.get(i).step(batch, round + 3, 1e-4, 1e-4);
				if (round >= 0) seconds.get(i)[round] = (System.nanoTime() - start) / 1e9;
			}
		}
		for (int i = 0; i < games.size(); i++) {
			graphs.get(i).close();
			table.row("gan=" + games.get(i) + ", " + precision.label(), 1000 * median(seconds.get(i)), "ms");
		}
	}

	private static void measure(final BenchmarkTable table, final ParticlePairs pairs, final String network,
		final Precision precision)
	{
		final Architecture architecture = Architectures.named(network);
		final TrainingOptions options = TrainingOptions.fast().with("batch", BATCH);
		final TrainingSet set = TrainingSet.of(PairSource.of(pairs), options, TaskListener.SILENT);
		try (Batches batches = new Batches(set, options);
				TrainingGraph graph = new TrainingGraph(Networks.with(architecture, options), pairs.box(), options, new Device(
					false, precision, 0)))
		{
			final Batches.Batch fixed = batches.take(1);
			long number = 1;
			for (int i = 0; i < 4; i++) graph.step(fixed, number++, 1e-3, 0);
			// Alternating, so that other work on the machine meets both alike.
			final double[] alone = new double[ROUNDS];
			final double[] fed = new double[ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				long start = System.nanoTime();
				graph.step(fixed, number++, 1e-3, 0);
				alone[round] = (System.nanoTime() - start) / 1e9;
				final Batches.Batch first = batches.take(number);
				graph.step(first, number++, 1e-3, 0);
				start = System.nanoTime();
				final Batches.Batch batch = batches.take(number);
				graph.step(batch, number++, 1e-3, 0);
				fed[round] = (System.nanoTime() - start) / 1e9;
			}
			final String name = network + ", " + pairs.box() + " pixels, " + precision.label();
			table.row(name, BATCH / median(alone), "images/s");
			table.row(name + ": reading and preparing batches adds", 100 * (median(fed) / median(alone) - 1), "%");
		}
	}

	private static double median(final double[] values) {
		Arrays.sort(values);
		return values[values.length / 2];
	}

	private static ParticlePairs pairs(final int box) {
		final float[][] noisy = new float[PAIRS][box * box];
		final float[][] clean = new float[PAIRS][box * box];
		for (int i = 0; i < PAIRS; i++) {
			final SplittableRandom random = Seeds.random(3, i);
			for (int p = 0; p < box * box; p++) {
				clean[i][p] = (float) Math.sin(p * 0.01 * i);
				noisy[i][p] = (float) (clean[i][p] + 3 * random.nextGaussian());
			}
		}
		return new ParticlePairs(new ArrayParticleStack("noisy", box, 4, noisy), new ArrayParticleStack("clean", box, 4,
			clean));
	}
}
