package io.github.clearice.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.Networks;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.TrainingGraph;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.optimizer.Adam.GradientScale;
import io.github.clearice.train.options.TrainingOptions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** Options for float16 in a graph that computes in float32, where the scale must change nothing. */
@PlainGraphs
class GradientScaleTest {

	private static final int PIXELS = TinyTraining.BOX * TinyTraining.BOX;

	@Test
	void changesNoUpdate() {
		for (final String gan : List.of("none", "wgan")) {
			try (TrainingGraph plain = graph("float32", gan); TrainingGraph scaled = graph("float16", gan)) {
				// A power of two at first: only the order of sums differs.
				plain.step(batch(1), 1, 1e-3, 1e-3);
				scaled.step(batch(1), 1, 1e-3, 1e-3);
				final Map<String, List<Weight>> other = scaled.variables();
				plain.variables().forEach((group, weights) -> {
					for (int i = 0; i < weights.size(); i++) assertClose(weights.get(i), other.get(group).get(i), gan);
				});
			}
		}
	}

	@Test
	void growsByADoublingInTwoThousandUpdates() {
		try (TrainingGraph graph = graph("float16", "none")) {
			assertEquals(1024, factor(graph));
			for (int step = 1; step <= 4; step++) graph.step(batch(1), step, 1e-3, 0);
			assertEquals(1024 * Math.pow(2, 4 / 2000.0), factor(graph), 1e-3);
		}
	}

	/** Images so bright that the gradients pass the largest float32 number while multiplied. */
	@Test
	void halvesAndLeavesTheWeightsWhereAGradientIsNoNumber() {
		try (TrainingGraph graph = graph("float16", "none")) {
			final List<Weight> before = trained(graph);
			graph.step(batch(3e38f), 1, 1e-3, 0);
			assertEquals(512, factor(graph));
			final List<Weight> after = trained(graph);
			for (int i = 0; i < before.size(); i++) assertArrayEquals(before.get(i).values(), after.get(i).values(), before
				.get(i).name());
			graph.step(batch(1), 2, 1e-3, 0);
			assertEquals(512 * Math.pow(2, 1 / 2000.0), factor(graph), 1e-3);
			assertTrue(graph.variables().values().stream().flatMap(List::stream).filter(weight -> !weight.name().contains(
				"variance") && !weight.name().contains("mean")).allMatch(Weight::isFinite));
		}
	}

	@Test
	void isKeptAndMayBeMissing() {
		try (TrainingGraph graph = graph("float16", "none"); TrainingGraph later = graph("float16", "none");
				TrainingGraph plain = graph("float32", "none"))
		{
			graph.step(batch(1), 1, 1e-3, 0);
			later.restore(graph.variables(), 1);
			assertEquals(factor(graph), factor(later));
			assertFalse(plain.variables().containsKey(GradientScale.GROUP));
			later.restore(plain.variables(), 0);
			assertEquals(factor(graph), factor(later));
			plain.restore(graph.variables(), 1);
		}
	}

	private static void assertClose(final Weight expected, final Weight actual, final String gan) {
		for (int i = 0; i < expected.values().length; i++)
			assertEquals(expected.values()[i], actual.values()[i], 1e-5 * (1 + Math.abs(expected.values()[i])), gan + " " +
				expected.name());
	}

	private static TrainingGraph graph(final String precision, final String gan) {
		final Map<String, String> changes = new HashMap<>(Map.of("loss", "l2", "precision", precision, "gan", gan));
		if (!gan.equals("none")) changes.put("discriminator", "light");
		final TrainingOptions options = TinyTraining.options().with(changes);
		return new TrainingGraph(Networks.with(TinyTraining.NETWORK, options), TinyTraining.BOX, options, new Device(false,
			Precision.FLOAT32, 1));
	}

	private static Batches.Batch batch(final float brightness) {
		final float[] images = new float[2 * PIXELS];
		final float[] targets = new float[images.length];
		for (int i = 0; i < images.length; i++) {
			images[i] = (float) Math.sin(i * 0.37);
			targets[i] = brightness * (float) Math.cos(i * 0.11);
		}
		return new Batches.Batch(images, targets, null);
	}

	private static float factor(final TrainingGraph graph) {
		return graph.variables().get(GradientScale.GROUP).get(0).values()[0];
	}

	/** The weights that descend, without the moving averages of batch normalisation. */
	private static List<Weight> trained(final TrainingGraph graph) {
		return graph.variables().get("weights").stream().filter(weight -> !weight.name().endsWith("/mean") && !weight.name()
			.endsWith("/variance")).toList();
	}
}
