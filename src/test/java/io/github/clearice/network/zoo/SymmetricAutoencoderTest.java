package io.github.clearice.network.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.NetworkGraph;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.SymmetricAutoencoder.SquareGroup;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricAutoencoderTest {

	private static final int BOX = 64;
	/** Without units, so that an edge of the image is not felt in the middle. */
	private static final SymmetricAutoencoder SHALLOW = new SymmetricAutoencoder(List.of(8, 16), List.of(2, 2), List.of(0,
		1));

	@Test
	void elementsMultiplyAsAGroup() {
		for (int a = 0; a < SquareGroup.ORDER; a++) {
			final Set<Integer> row = new HashSet<>();
			for (int b = 0; b < SquareGroup.ORDER; b++) {
				row.add(SquareGroup.product(a, b));
				for (int pixel = 0; pixel < 25; pixel++) assertEquals(SquareGroup.moved(a, 5, SquareGroup.moved(b, 5, pixel)),
					SquareGroup.moved(SquareGroup.product(a, b), 5, pixel));
			}
			assertEquals(SquareGroup.ORDER, row.size());
		}
		// A quarter turn takes the upper left corner to the upper right one; a mirror too.
		assertEquals(4, SquareGroup.moved(1, 5, 0));
		assertEquals(4, SquareGroup.moved(4, 5, 0));
		assertEquals(24, SquareGroup.moved(2, 5, 0));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7 })
	void turnsAndMirrorsCommuteWithTheNetwork(final int element) {
		final float[] image = new float[BOX * BOX];
		final SplittableRandom random = Seeds.random(3);
		for (int y = 20; y < 44; y++) for (int x = 20; x < 44; x++) image[y * BOX + x] = (float) random.nextGaussian();
		try (NetworkGraph graph = NetworkGraph.of(SHALLOW, BOX)) {
			graph.start();
			graph.fill(restless(graph));
			final float[] turnedAfter = turned(graph.run(image), element);
			final float[] turnedBefore = graph.run(turned(image, element));
			// The middle, which the edges of the image do not reach.
			final float[] untouched = graph.run(image);
			double largest = 0;
			for (int y = 16; y <= 48; y++) for (int x = 16; x <= 48; x++) {
				final int pixel = y * BOX + x;
				assertEquals(turnedAfter[pixel], turnedBefore[pixel], 2e-5f, "row " + y + ", column " + x);
				largest = Math.max(largest, Math.abs(turnedAfter[pixel] - untouched[pixel]));
			}
			assertTrue(largest > 0.01, "the turn changed nothing");
		}
	}

	@Test
	void hasAnEighthOfTheWeightsOfItsChannels() {
		// Kernels: first and last 81 * 8, down and up 9 * 64 * 16, units 9 * 128 * 16; scales, offsets, and a bias.
		assertEquals(2 * 81 * 8 + 2 * 9 * 64 * 16 + 4 * 9 * 128 * 16 + 2 * (8 + 5 * 16 + 8) + 1, parameters(
			SymmetricAutoencoder.light()));
	}

	@Test
	void planesShareTheirAverages() {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 16, 8, (layers, image) -> layers
			.batchNormalisation("shared", image, 4)))
		{
			graph.start();
			assertEquals(Map.of("shared/scale", 2, "shared/offset", 2, "shared/mean", 2, "shared/variance", 2), lengths(
				graph));
			final float[] images = NetworkGraph.waves(3 * 16 * 16 * 8);
			// In training each channel has mean 0 in every plane.
			final float[] normalised = graph.run(images);
			final double[] means = new double[8];
			for (int i = 0; i < normalised.length; i++) means[i % 8] += normalised[i] / (3 * 16 * 16.0);
			assertArrayEquals(new double[8], means, 1e-5);
		}
	}

	@Test
	void refusesChannelsThatDoNotMakeEightPlanes() {
		final NetworkException refused = assertThrows(NetworkException.class, () -> new SymmetricAutoencoder(List.of(12),
			List.of(2), List.of(0)));
		assertEquals("Network option channels must be multiples of 8, not 12.", refused.getMessage());
	}

	/** First values with offsets and averages that are not 0 and 1, as after a training. */
	private static List<Weight> restless(final NetworkGraph graph) {
		final SplittableRandom random = Seeds.random(5);
		final List<Weight> weights = new ArrayList<>();
		for (final Weight weight : graph.variables.initialValues()) {
			final float[] values = weight.values().clone();
			if (values.length <= 16) for (int i = 0; i < values.length; i++) values[i] += (float) (0.3 * random.nextDouble());
			weights.add(new Weight(weight.name(), weight.shape(), values));
		}
		assertNotEquals(0, weights.size());
		return weights;
	}

	/** Turned about pixel (32, 32); the first row and column, which are zero, stay. */
	private static float[] turned(final float[] image, final int element) {
		final float[] turned = new float[image.length];
		final int edge = BOX - 1;
		for (int y = 1; y < BOX; y++) for (int x = 1; x < BOX; x++) {
			final int to = SquareGroup.moved(element, edge, (y - 1) * edge + x - 1);
			turned[(to / edge + 1) * BOX + to % edge + 1] = image[y * BOX + x];
		}
		return turned;
	}

	private static Map<String, Integer> lengths(final NetworkGraph graph) {
		final Map<String, Integer> lengths = new HashMap<>();
		for (final Weight weight : graph.variables.initialValues()) lengths.put(weight.name(), weight.values().length);
		return lengths;
	}

	private static long parameters(final Architecture architecture) {
		try (NetworkGraph graph = NetworkGraph.of(architecture, BOX)) {
			return graph.variables.parameterCount();
		}
	}
}
