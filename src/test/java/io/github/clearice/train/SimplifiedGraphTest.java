package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.network.NetworkGraph;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.options.TrainingOptions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with {@code PlainGraphs} run graphs as they are built, users the simplified ones: both compute the same. */
class SimplifiedGraphTest {

	private static final int VALUES = 4 * TinyTraining.BOX * TinyTraining.BOX;
	private static final Device PROCESSOR = new Device(false, Precision.FLOAT32, 1);

	@AfterEach
	void simplify() {
		System.clearProperty(Device.SIMPLIFY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "beta", "wgan" })
	void simplifiedGraphsComputeTheSame(final String gan) {
		final TrainingOptions options = TinyTraining.options().with("gan", gan);
		final Map<String, float[]> plain = trained(options, false), simplified = trained(options, true);
		assertEquals(plain.keySet(), simplified.keySet());
		plain.forEach((name, values) -> {
			double largest = 0;
			for (final float value : values) largest = Math.max(largest, Math.abs(value));
			for (int i = 0; i < values.length; i++) assertEquals(values[i], simplified.get(name)[i], 1e-3 * largest + 1e-6,
				name);
		});
	}

	/** The results of graphs in bfloat16 have its few digits, and those of float32 do not. */
	@Test
	void theConversionToBfloat16Stays() {
		assumeTrue(TensorFlowRuntime.get().hasBfloat16(), "Skipped: this processor has no bfloat16");
		System.setProperty(Device.SIMPLIFY, "false");
		final float[] exact = prediction(PROCESSOR), rounded = prediction(new Device(false, Precision.BFLOAT16, 1));
		double difference = 0, largest = 0;
		for (int i = 0; i < exact.length; i++) {
			difference = Math.max(difference, Math.abs(exact[i] - rounded[i]));
			largest = Math.max(largest, Math.abs(exact[i]));
		}
		assertTrue(difference > 1e-4 * largest && difference < 0.1 * largest, difference + " of " + largest);
	}

	private static float[] prediction(final Device device) {
		final TrainingOptions options = TinyTraining.options();
		try (TrainingGraph graph = new TrainingGraph(TinyTraining.networks(options), TinyTraining.BOX, options, device)) {
			return graph.predict(NetworkGraph.waves(VALUES));
		}
	}

	/** Moments and statistics after an update, which follow from all gradients, and the denoised images. */
	private static Map<String, float[]> trained(final TrainingOptions options, final boolean simplify) {
		System.setProperty(Device.SIMPLIFY, Boolean.toString(simplify));
		final float[] images = new float[VALUES], targets = new float[VALUES];
		for (int i = 0; i < VALUES; i++) {
			targets[i] = (float) Math.sin(0.01 * i);
			images[i] = (float) (targets[i] + Math.sin(0.7 * i * i));
		}
		final Map<String, float[]> values = new HashMap<>();
		final Networks networks = TinyTraining.networks(options);
		try (TrainingGraph graph = new TrainingGraph(networks, TinyTraining.BOX, options, PROCESSOR)) {
			graph.step(new Batches.Batch(images, targets, null), 1, 1e-6, 1e-6);
			for (final Map.Entry<String, List<Weight>> group : graph.variables().entrySet())
				for (final Weight weight : group.getValue()) values.put(group.getKey() + " " + weight.name(), weight.values());
			values.put("prediction", graph.predict(images));
		}
		return values;
	}
}
