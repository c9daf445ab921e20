package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.Discriminators;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveAutoencoder;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveBlocks;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveDiscriminator;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressiveTest {

	private static final ProgressiveAutoencoder TINY = new ProgressiveAutoencoder(6, 0, 1);
	private static final int BOX = 32;

	@ParameterizedTest
	@CsvSource({ "5, 0", "16, 2", "32, 3", "48, 3", "80, 4", "112, 4", "128, 5", "256, 6", "512, 7" })
	void halvesABoxDownToFourToSevenPixels(final int box, final int levels) {
		assertEquals(levels, GrowingNetwork.levels(box));
	}

	@Test
	void generatorHasTwoConvolutionsALevelAndWay() {
		// Widths from 4 to 128 pixels: 512, 512, 512, 512, 256, 128 (Karras et al., table 2).
		final int[] width = { 512, 512, 512, 512, 256, 128 };
		long expected = (1 + 1) * 128 + 128 + 1 + 2 * (9 * 512 * 512 + 512);
		for (int level = 1; level < width.length; level++) {
			final long fine = width[level], coarse = width[level - 1];
			expected += 9 * fine * (fine + coarse) + fine + coarse + 9 * fine * (coarse + fine) + 2 * fine;
		}
		try (NetworkGraph graph = NetworkGraph.of(Architectures.named("pggan"), 128)) {
			assertEquals(expected, graph.variables.parameterCount());
		}
	}

	@Test
	void discriminatorHasTheParametersOfKarras() {
		// Table 2 there from 128 pixels down, with one channel in: 128 + 128, then 3 x 3 convolutions; 513 channels with
		// the deviation of the batch; 4 x 4 to 512 and one score.
		final int[] width = { 512, 512, 512, 512, 256, 128 };
		long expected = 128 + 128 + 9 * 513 * 512 + 512 + 16 * 512 * 512 + 512 + 512 + 1;
		for (int level = 1; level < width.length; level++) {
			final long fine = width[level], coarse = width[level - 1];
			expected += 9 * fine * (fine + coarse) + fine + coarse;
		}
		try (NetworkGraph graph = NetworkGraph.of(Discriminators.named("pggan", true), 128)) {
			assertEquals(expected, graph.variables.parameterCount());
		}
	}

	@Test
	void newLevelBeginsAsTheEarlierNetworkAndEndsAlone() {
		final Map<String, Weight> weights = new LinkedHashMap<>();
		final float[] image = NetworkGraph.waves(BOX * BOX);
		final float[] earlier = run(new ProgressiveAutoencoder(6, 1, 1), weights, image);
		final float[] begun = run(new ProgressiveAutoencoder(6, 0, 0), weights, image);
		assertArrayEquals(earlier, begun, 1e-6f);
		final float[] alone = run(TINY, weights, image);
		final float[] half = run(new ProgressiveAutoencoder(6, 0, 0.5f), weights, image);
		final float[] nearly = run(new ProgressiveAutoencoder(6, 0, 0.99999f), weights, image);
		assertArrayEquals(alone, nearly, 1e-3f);
		double apart = 0;
		for (int i = 0; i < alone.length; i++) apart += Math.abs(alone[i] - half[i]);
		assertTrue(apart / alone.length > 1e-3, "no blend: " + apart);
	}

	@Test
	void levelsKeepTheirNamesAsTheyGrow() {
		try (NetworkGraph small = NetworkGraph.of(TINY, BOX / 2); NetworkGraph large = NetworkGraph.of(TINY, BOX)) {
			final List<String> names = new ArrayList<>(small.variables.names());
			names.removeAll(large.variables.names());
			assertEquals(List.of("from2/kernel", "from2/bias", "to2/kernel", "to2/bias"), names);
		}
	}

	@Test
	void shareIsFedWhileALevelIsBlendedIn() {
		final float[] image = NetworkGraph.waves(2 * BOX * BOX);
		final ProgressiveDiscriminator critic = new ProgressiveDiscriminator(6, 0);
		try (NetworkGraph fed = new NetworkGraph(Layers.Mode.TRAINING, BOX, 1, (layers, in) -> critic.build(layers.fading(
			layers.ops().constant(.25f)), in)); NetworkGraph fixed = NetworkGraph.of(critic.blended(.25f), BOX);
				NetworkGraph begun = NetworkGraph.of(critic, BOX))
		{
			fed.start();
			fixed.start();
			begun.start();
			// Equal names start with equal values.
			assertArrayEquals(fixed.run(image), fed.run(image));
			assertTrue(Math.abs(fed.run(image)[0] - begun.run(image)[0]) > 1e-4);
		}
	}

	@Test
	void batchDeviationIsThatOverImagesAveragedOverPixels() {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 2, 1, (layers, in) -> new ProgressiveBlocks(layers,
			4, false).withBatchDeviation(in)))
		{
			graph.start();
			// a = numpy.array([1, 2, 3, 4, 5, 2, -3, 0.5, 0, 2, 1, 1.5]).reshape(3, 4); a.std(0).mean()
			final float[] result = graph.run(new float[] { 1, 2, 3, 4, 5, 2, -3, 0.5f, 0, 2, 1, 1.5f });
			assertEquals(1.5316613, result[1], 1e-4);
			for (int i = 1; i < result.length; i += 2) assertEquals(result[1], result[i]);
			assertArrayEquals(new float[] { 1, 2, 3, 4 }, new float[] { result[0], result[2], result[4], result[6] });
		}
	}

	@Test
	void pixelNormalisationGivesEachPixelAMeanSquareOfOne() {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 8, 1, (layers, in) -> new ProgressiveBlocks(layers,
			5, true).convolution("block", in, 5)))
		{
			graph.start();
			final float[] result = graph.run(NetworkGraph.waves(64));
			for (int pixel = 0; pixel < 64; pixel++) {
				double squares = 0;
				for (int channel = 0; channel < 5; channel++) squares += Math.pow(result[5 * pixel + channel], 2);
				assertEquals(5, squares, 1e-4);
			}
		}
	}

	@Test
	void scoreDependsOnHowMuchTheImagesOfABatchDiffer() {
		final ProgressiveDiscriminator critic = new ProgressiveDiscriminator(6, 1);
		try (NetworkGraph graph = NetworkGraph.of(critic, 16)) {
			graph.start();
			final float[] waves = NetworkGraph.waves(2 * 256);
			final float[] twins = new float[2 * 256];
			for (int i = 0; i < 256; i++) twins[i] = twins[i + 256] = waves[i];
			final float[] same = graph.run(twins);
			assertEquals(same[0], same[1], 1e-6f);
			assertTrue(Math.abs(graph.run(waves)[0] - same[0]) > 1e-5);
		}
	}

	@Test
	void startsWithEqualVarianceInAllLayers() {
		try (NetworkGraph graph = NetworkGraph.of(TINY, 16)) {
			for (final Weight weight : graph.variables.initialValues()) {
				if (!weight.name().startsWith("encoder1/") || !weight.name().endsWith("kernel")) continue;
				double squares = 0;
				for (final float value : weight.values()) squares += value * value;
				assertEquals(1, squares / weight.values().length, 0.3, weight.name());
			}
		}
	}

	@Test
	void refusesAShareOutOfRange() {
		assertThrows(NetworkException.class, () -> new ProgressiveAutoencoder(6, 0, 1.5f));
		final Map<String, String> options = new LinkedHashMap<>(TINY.options());
		options.put("share", "half");
		assertThrows(NetworkException.class, () -> Architectures.rebuild(TINY.name(), options));
	}

	private static float[] run(final Architecture network, final Map<String, Weight> weights, final float[] image) {
		try (NetworkGraph graph = NetworkGraph.of(network, BOX)) {
			graph.start();
			for (final Weight weight : graph.variables.initialValues()) weights.putIfAbsent(weight.name(), weight);
			graph.fill(graph.variables.names().stream().map(weights::get).toList());
			return graph.run(image);
		}
	}
}
