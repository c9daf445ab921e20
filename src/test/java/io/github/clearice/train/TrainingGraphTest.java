package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** Compares one update with the formulas of its optimiser and its averages, for the given gradients. */
class TrainingGraphTest {

	private static final float RATE = 0.01f;
	private static final float BETA1 = 0.8f, BETA2 = 0.99f;
	private static final int BATCH = 3;
	private static final int PIXELS = TinyTraining.BOX * TinyTraining.BOX;

	private TrainingGraph graph;

	@BeforeEach
	void open() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("loss", "l2", "beta1", Float.toString(BETA1),
			"beta2", Float.toString(BETA2), "average", "0.9", "seed", "3"));
		graph = new TrainingGraph(Networks.with(TinyTraining.NETWORK, options), TinyTraining.BOX, options, new Device(false,
			Precision.FLOAT32, 1));
	}

	@AfterEach
	void close() {
		graph.close();
	}

	/** A network whose layers do not fit together, which TensorFlow notices while it is built. */
	private static final class Misfit implements Architecture {

		private Graph graph;

		@Override
		public String name() {
			return "misfit";
		}

		@Override
		public Map<String, String> options() {
			return Map.of();
		}

		@Override
		public void checkBox(final int box) {}

		@Override
		public boolean bounded() {
			return false;
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap image) {
			graph = (Graph) image.value().op().env();
			final Ops tf = Ops.create(graph);
			tf.math.add(tf.constant(new float[2]), tf.constant(new float[3]));
			return image;
		}
	}

	@Test
	void aGraphThatCannotBeBuiltIsReportedInOneLineAndClosed() {
		final Misfit misfit = new Misfit();
		final TrainingOptions options = TinyTraining.options();
		TinyTraining.assertMessage("TensorFlow failed while it built the network (", () -> new TrainingGraph(Networks.with(
			misfit, options), TinyTraining.BOX, options, new Device(false, Precision.FLOAT32, 1)));
		assertThrows(IllegalStateException.class, () -> misfit.graph.operation("none"));
	}

	/** Kingma and Ba 2015, algorithm 1, from the moments that the graph itself keeps. */
	@Test
	void updatesAreThoseOfAdam() {
		Map<String, float[]> before = group("weights"), mean = group("moments1"), squares = group("moments2");
		for (int step = 1; step <= 3; step++) {
			update(step);
			final Map<String, float[]> after = group("weights"), newMean = group("moments1"), newSquares = group("moments2");
			double largest = 0;
			for (final String name : newMean.keySet()) for (int i = 0; i < newMean.get(name).length; i++) {
				final double gradient = (newMean.get(name)[i] - BETA1 * mean.get(name)[i]) / (1 - BETA1);
				final double expectedSquare = BETA2 * squares.get(name)[i] + (1 - BETA2) * gradient * gradient;
				assertEquals(expectedSquare, newSquares.get(name)[i], 1e-4 * expectedSquare + 1e-9, name);
				final double firstMoment = newMean.get(name)[i] / (1 - Math.pow(BETA1, step));
				final double secondMoment = newSquares.get(name)[i] / (1 - Math.pow(BETA2, step));
				// TensorFlow adds epsilon before the correction of the bias.
				final double epsilon = 1e-8 / Math.sqrt(1 - Math.pow(BETA2, step));
				final double change = RATE * firstMoment / (Math.sqrt(secondMoment) + epsilon);
				assertEquals(before.get(name)[i] - change, after.get(name)[i], 2e-6, name);
				largest = Math.max(largest, Math.abs(change));
			}
			assertTrue(largest > RATE / 2, "nothing was updated");
			before = after;
			mean = newMean;
			squares = newSquares;
		}
	}

	/** The decay grows as (1 + n) / (10 + n) up to the stated one, so that the first weights are soon forgotten. */
	@Test
	void averagesFollowTheWeights() {
		for (int step = 1; step <= 2; step++) {
			final Map<String, float[]> past = group("average");
			update(step);
			final Map<String, float[]> now = group("weights");
			final double decay = (1.0 + step) / (10.0 + step);
			group("average").forEach((name, average) -> {
				for (int i = 0; i < average.length; i++) assertEquals(decay * past.get(name)[i] + (1 - decay) * now.get(
					name)[i], average[i], 1e-6, name);
			});
		}
	}

	@Test
	void batchNormalisationKeepsMovingAverages() {
		update(1);
		final float[] once = group("weights").get("encoder1/down/mean");
		graph.close();
		open();
		graph.step(batch(images(), images()), 100_000, 1e-30, 0);
		final float[] late = group("weights").get("encoder1/down/mean");
		// The same batch mean m, from 0: (1 - 2 / 11) m at the first update, (1 - 0.99) m at a late one, although the
		// weights' average keeps 0.9 alone.
		for (int i = 0; i < once.length; i++) assertEquals(once[i] / (9.0 / 11), late[i] / 0.01, 1e-5);
		assertTrue(Math.abs(once[0]) > 1e-4, "no mean was kept");
	}

	@Test
	void lossIsTheMeanOverPixelsAndImages() {
		final float[] images = images();
		final float[] targets = new float[images.length];
		final double first = graph.step(batch(images, targets), 1, 1e-30, 0).pixelLoss();
		Arrays.fill(targets, 2);
		final double second = graph.step(batch(images, targets), 2, 1e-30, 0).pixelLoss();
		Arrays.fill(targets, 1);
		final double between = graph.step(batch(images, targets), 3, 1e-30, 0).pixelLoss();
		// Of squares (r - t)^2 the second difference over t is 2, however large the images are.
		assertEquals(2, first - 2 * between + second, 1e-3);
	}

	private void update(final int number) {
		graph.step(batch(images(), images()), number, RATE, 0);
	}

	private static Batches.Batch batch(final float[] images, final float[] targets) {
		return new Batches.Batch(images, targets, null);
	}

	private static float[] images() {
		final SplittableRandom random = Seeds.random(17);
		final float[] images = new float[BATCH * PIXELS];
		for (int i = 0; i < images.length; i++) images[i] = (float) (0.5 + random.nextGaussian());
		return images;
	}

	private Map<String, float[]> group(final String name) {
		final Map<String, float[]> values = new HashMap<>();
		final List<Weight> weights = graph.variables().get(name);
		for (final Weight weight : weights) values.put(weight.name(), weight.values());
		return values;
	}
}
