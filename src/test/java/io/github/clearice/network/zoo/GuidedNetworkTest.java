package io.github.clearice.network.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.NetworkGraph;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.SymmetricAutoencoder.SquareGroup;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidedNetworkTest {

	private static final int BOX = 48;
	/** Without units, so that an edge of the image is not felt in the middle. */
	private static final Architecture INNER = new SymmetricAutoencoder(List.of(8, 16), List.of(2, 2), List.of(0, 0));

	@Test
	void isRebuiltFromItsOptions() {
		final Architecture guided = new GuidedNetwork(Architectures.named("deep"));
		assertEquals(guided, Architectures.rebuild(guided.name(), guided.options()));
		assertEquals(2, guided.planes());
		assertEquals(1, Architectures.named("deep").planes());
		assertThrows(NetworkException.class, () -> Architectures.rebuild("symmetric-autoencoder", Map.of("guide",
			"multiplied")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gu2021", "convnet", "su2018", "pix2pix", "pggan" })
	void refusesNetworksWhoseResultsCannotBeAdded(final String name) {
		final String message = assertThrows(NetworkException.class, () -> new GuidedNetwork(Architectures.named(name)))
			.getMessage();
		assertTrue(message.contains("network=light"), message);
	}

	@Test
	void refusesAdaptiveNetworks() {
		final Architecture adaptive = new AdaptiveNetwork(Architectures.named("light"));
		assertThrows(NetworkException.class, () -> new GuidedNetwork(adaptive));
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "deep", "residual" })
	void returnsTheGuideWhereTheNetworkAddsNothing(final String name) {
		final float[] images = images(1);
		final float[] result = run(new GuidedNetwork(Architectures.named(name)), images, true);
		final float[] guide = new float[result.length];
		for (int i = 0; i < guide.length; i++) guide[i] = images[2 * i + 1];
		assertArrayEquals(guide, result);
	}

	@Test
	void commutesWithRotationsOfImagesAndGuides() {
		final float[] images = images(3);
		for (int p = 0; p < BOX * BOX; p++) {
			final boolean inside = Math.abs(p % BOX - BOX / 2) < 8 && Math.abs(p / BOX - BOX / 2) < 8;
			if (!inside) images[2 * p] = images[2 * p + 1] = 0;
		}
		final GuidedNetwork guided = new GuidedNetwork(INNER);
		final float[] result = turned(run(guided, images, false), 1), ofTurned = run(guided, turned(images, 2), false);
		double change = 0;
		for (int y = 12; y < 36; y++) for (int x = 12; x < 36; x++) {
			assertEquals(result[y * BOX + x], ofTurned[y * BOX + x], 1e-4);
			change += Math.abs(result[y * BOX + x] - turned(images, 2)[2 * (y * BOX + x) + 1]);
		}
		assertTrue(change > 10, "change " + change);
	}

	/** A quarter turn about the middle; the first row and column, which are zero, stay. */
	private static float[] turned(final float[] images, final int planes) {
		final float[] turned = new float[images.length];
		for (int y = 1; y < BOX; y++) for (int x = 1; x < BOX; x++) {
			final int to = SquareGroup.moved(1, BOX - 1, (y - 1) * (BOX - 1) + x - 1);
			final int target = (to / (BOX - 1) + 1) * BOX + to % (BOX - 1) + 1;
			System.arraycopy(images, (y * BOX + x) * planes, turned, target * planes, planes);
		}
		return turned;
	}

	private static float[] run(final Architecture network, final float[] images, final boolean zero) {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.INFERENCE, BOX, 2, network::build)) {
			graph.start();
			final List<Weight> weights = new ArrayList<>(graph.variables.initialValues());
			if (zero) weights.replaceAll(weight -> new Weight(weight.name(), weight.shape(), new float[weight
				.values().length]));
			graph.fill(weights);
			return graph.run(images);
		}
	}

	private static float[] images(final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] images = new float[2 * BOX * BOX];
		for (int i = 0; i < images.length; i++) images[i] = (float) random.nextGaussian();
		return images;
	}
}
