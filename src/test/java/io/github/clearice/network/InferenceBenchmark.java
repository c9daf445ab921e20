package io.github.clearice.network;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.evaluate.PrecisionLoss;
import io.github.clearice.network.InferenceNetwork.BatchSize;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.ResidualAutoencoderTest;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Images a second through a network, by network, box, precision and batch; and ways to use all cores. */
public final class InferenceBenchmark {

	private static final int ROUNDS = 5;
	/** Images of a round, by batch: enough that a round takes some tenths of a second. */
	private static final int LEAST_IMAGES = 16;

	private InferenceBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		table.heading("Inference");
		for (final String name : List.of(Architectures.LIGHT, Architectures.GU_2021)) {
			for (final int box : List.of(64, 128)) {
				for (final Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
					if (precision == Precision.BFLOAT16 && !TensorFlowRuntime.get().hasBfloat16()) {
						table.remark("No bfloat16: this processor has no instructions for it.");
						continue;
					}
					measure(table, Architectures.named(name), name, box, new Device(false, precision, 0), 1, 16, 64);
				}
			}
		}
		table.heading("Inference, ways to use all cores: light, 64 pixels, batch 16");
		for (final Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
			if (precision == Precision.BFLOAT16 && !TensorFlowRuntime.get().hasBfloat16()) continue;
			final int cores = Runtime.getRuntime().availableProcessors();
			ways(table, precision, "one batch at a time, on all threads", 0, 1);
			ways(table, precision, "two batches at a time, on all threads", 0, 2);
			ways(table, precision, cores + " batches at a time, each on one thread", 1, cores);
		}
		precision(table);
	}

	private static void precision(final BenchmarkTable table) throws IOException {
		if (!TensorFlowRuntime.get().hasBfloat16()) return;
		table.heading("What bfloat16 costs: light network trained in float32 on 1,000 particles, 200 others, SNR 0.1");
		final Path folder = Files.createTempDirectory("clearice-benchmark");
		try {
			final PrecisionLoss loss = new PrecisionLoss(1000, 200, TrainingOptions.fast().with(Map.of("epochs", "20",
				"precision", "float32")), folder);
			final double exact = loss.psnrDecibel(Precision.FLOAT32);
			table.row("PSNR in float32", exact, "dB");
			table.row("bfloat16 less float32", loss.psnrDecibel(Precision.BFLOAT16) - exact, "dB");
		}
		finally {
			Files.delete(folder.resolve("model.clearice"));
			Files.delete(folder);
		}
	}

	/** Prints a line for each batch. */
	public static void measure(final BenchmarkTable table, final Architecture network, final String name, final int box,
		final Device device, final int... batches) throws Exception
	{
		try (InferenceNetwork inference = new InferenceNetwork(network, box, ResidualAutoencoderTest.initialWeights(network,
			box), device))
		{
			for (final int batch : batches) {
				final float[] images = new float[batch * box * box];
				final int runs = Math.max(1, LEAST_IMAGES / batch);
				final double seconds = BenchmarkTable.medianSeconds(ROUNDS, () -> {
					for (int i = 0; i < runs; i++) inference.run(images);
				});
				table.row(String.format(Locale.ROOT, "%s, %d pixels, %s, batch %d", name, box, device.label(), batch), runs *
					batch / seconds, "images/s");
			}
			table.row(name + ", " + box + " pixels, " + device.label() + ": batch that is chosen", BatchSize.measured(
				inference), "images");
		}
	}

	private static void ways(final BenchmarkTable table, final Precision precision, final String what, final int threads,
		final int atOnce) throws Exception
	{
		final Architecture light = Architectures.named(Architectures.LIGHT);
		final int box = 64, batch = 16, count = 16;
		final Device device = new Device(false, precision, threads);
		try (InferenceNetwork inference = new InferenceNetwork(light, box, ResidualAutoencoderTest.initialWeights(light,
			box), device))
		{
			final double seconds = BenchmarkTable.medianSeconds(ROUNDS, () -> ParallelLoop.run(count, 1, atOnce, thread -> {
				final float[] images = new float[batch * box * box];
				return step -> inference.run(images);
			}));
			table.row(precision.label() + ", " + what, count * batch / seconds, "images/s");
		}
	}
}
