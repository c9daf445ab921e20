package io.github.clearice.train;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.network.InferenceBenchmark;
import io.github.clearice.network.NetworkCost.ConvolutionMeasurement;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Gpu;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Training updates and inference of the network of Gu et al. 2021 on a GPU, 128 pixels. */
public final class GpuBenchmark {

	private static final int BOX = 128;
	private static final int STEPS = 20;
	private static final Map<String, String> OBJECTIVES = new LinkedHashMap<>();

	static {
		OBJECTIVES.put("l1", "none");
		OBJECTIVES.put("(.5, .5)-GAN + l1", "beta");
		OBJECTIVES.put("WGAN-gp + l1", "wgan");
	}

	private GpuBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		table.heading("GPU: gu2021, 128 pixels");
		final TensorFlowRuntime runtime = TensorFlowRuntime.get();
		if (runtime.gpu().isEmpty()) {
			table.remark("Not measured: " + runtime.gpuRefusal() + ".");
			return;
		}
		final Gpu gpu = runtime.gpu().get();
		table.remark(gpu.label() + "; CUDA libraries from " + runtime.cudaOrigin());
		final List<Precision> precisions = new ArrayList<>(List.of(Precision.FLOAT32));
		if (gpu.hasFloat16()) precisions.add(Precision.FLOAT16);
		for (final Precision precision : precisions) {
			final Device device = new Device(true, precision, 0);
			table.remark("Convolutions ran on " + ConvolutionMeasurement.on(device).placement());
			for (final int batch : List.of(20, 64))
				measureUpdates(table, Architectures.GU_2021, BOX, batch, device);
			InferenceBenchmark.measure(table, Architectures.named(Architectures.GU_2021), Architectures.GU_2021, BOX, device,
				1, 16, 64, 256);
		}
	}

	/** Prints images a second for each objective; an update has one ascent of a discriminator and one descent. */
	static void measureUpdates(final BenchmarkTable table, final String network, final int box, final int batch,
		final Device device) throws Exception
	{
		for (final Map.Entry<String, String> objective : OBJECTIVES.entrySet()) {
			final Map<String, String> changes = new LinkedHashMap<>(Map.of("network", network, "batch", Integer.toString(
				batch), "gan", objective.getValue()));
			if (!objective.getValue().equals("none")) changes.putAll(Map.of("kd", "1", "kg", "1"));
			final TrainingOptions options = TrainingOptions.fast().with(changes);
			final float[] images = new float[batch * box * box];
			for (int i = 0; i < images.length; i++) images[i] = (float) Math.sin(i * 0.37);
			final Batches.Batch fixed = new Batches.Batch(images, images, null);
			try (TrainingGraph graph = new TrainingGraph(Networks.named(options, 1), box, options, device)) {
				final long[] number = { 1 };
				for (int i = 0; i < 3; i++) graph.step(fixed, number[0]++, 1e-4, 1e-4);
				final double seconds = BenchmarkTable.medianSeconds(STEPS, () -> graph.step(fixed, number[0]++, 1e-4, 1e-4));
				table.row(String.format(Locale.ROOT, "%s, %s, batch %d, %s", network, objective.getKey(), batch, device
					.label()), batch / seconds, "images/s");
			}
		}
	}
}
