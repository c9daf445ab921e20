package io.github.clearice.network.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.NetworkGraph;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.SymmetricAutoencoder.SquareGroup;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class AdaptiveNetworkTest {

	private static final int BOX = 48;
	private static final Architecture PLAIN = Architectures.named("light");
	private static final Architecture ADAPTIVE = new AdaptiveNetwork(PLAIN);

	@Test
	void isRebuiltFromItsOptions() {
		assertEquals(ADAPTIVE, Architectures.rebuild(ADAPTIVE.name(), ADAPTIVE.options()));
		assertEquals(PLAIN, Architectures.rebuild(PLAIN.name(), PLAIN.options()));
		assertThrows(NetworkException.class, () -> Architectures.rebuild("symmetric-autoencoder", Map.of("adaptive",
			"by-magic")));
	}

	@Test
	void refusesNetworksWithoutBatchNormalisation() {
		final String message = assertThrows(NetworkException.class, () -> new AdaptiveNetwork(Architectures.named("pggan")))
			.getMessage();
		assertTrue(message.contains("adaptive=false"), message);
	}

	@Test
	void beginsAsTheNetworkAlone() {
		final float[] images = noise(2, 1);
		assertArrayEquals(run(PLAIN, BOX, List.of(), images), run(ADAPTIVE, BOX, List.of(), images), 1e-5f);
	}

	@Test
	void followsTheLogarithmOfTheSignalAmplitude() {
		// White noise, with waves of low frequency that have a third and nine tenths of the variance.
		final float[] noise = noise(2, 1), images = noise.clone();
		final double[] shares = { 1 / 3.0, 0.9 };
		for (int p = 0; p < images.length; p++) {
			final double share = shares[p / (BOX * BOX)], wave = Math.sqrt(2) * Math.cos(2 * Math.PI * (p % BOX) / BOX);
			images[p] = (float) (Math.sqrt(1 - share) * noise[p] + Math.sqrt(share) * wave);
		}
		// One number goes on, and is the summand of each channel of a network that shows nothing else.
		final Architecture level = new AdaptiveNetwork(new Summand());
		final float[] kernel = new float[7], summand = new float[7];
		kernel[0] = 1;
		summand[0] = 1;
		final float[] result = run(level, BOX, List.of(new Weight("adaptation/kernel", new int[] { 1, 7 }, kernel),
			new Weight("level/summand", new int[] { 7, 1 }, summand)), images);
		for (int i = 0; i < 2; i++) assertEquals(1.2 + Math.log(Math.sqrt(shares[i])), result[i * BOX * BOX + 77], .06);
	}

	/** Hides the image, so that the modulation alone is left. */
	private record Summand() implements Architecture {

		@Override
		public String name() {
			return "summand";
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
			return layers.batchNormalisation("level", new FeatureMap(layers.ops().zerosLike(image.value()), image.size(),
				image.channels()));
		}
	}

	@Test
	void modulatesAndCommutesWithRotations() {
		// Without units, so that an edge of the image is not felt in the middle.
		final Architecture plain = new SymmetricAutoencoder(List.of(8, 16), List.of(2, 2), List.of(0, 0));
		final Architecture adaptive = new AdaptiveNetwork(plain);
		final int box = 64;
		final float[] image = new float[box * box];
		final SplittableRandom random = new SplittableRandom(3);
		for (int y = 20; y < 44; y++) for (int x = 20; x < 44; x++) image[y * box + x] = (float) random.nextGaussian();
		final List<Weight> learned = List.of(new Weight("encoder2/down/factor", new int[] { 7, 2 }, filled(14, .3f)));
		final float[] result = run(adaptive, box, learned, image), other = run(plain, box, List.of(), image);
		final float[] ofTurned = run(adaptive, box, learned, turned(image, box));
		final float[] turnedResult = turned(result, box);
		double change = 0;
		for (int y = 24; y < 40; y++) for (int x = 24; x < 40; x++) {
			assertEquals(turnedResult[y * box + x], ofTurned[y * box + x], 1e-4);
			change += Math.abs(result[y * box + x] - other[y * box + x]);
		}
		assertTrue(change > 1, "change " + change);
	}

	/** A quarter turn about the middle; the first row and column, which are zero, stay. */
	private static float[] turned(final float[] image, final int box) {
		final float[] turned = new float[image.length];
		for (int y = 1; y < box; y++) for (int x = 1; x < box; x++) {
			final int to = SquareGroup.moved(1, box - 1, (y - 1) * (box - 1) + x - 1);
			turned[(to / (box - 1) + 1) * box + to % (box - 1) + 1] = image[y * box + x];
		}
		return turned;
	}

	private static float[] run(final Architecture network, final int box, final List<Weight> learned,
		 final float[] images) {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.INFERENCE, box, 1, network::build)) {
			graph.start();
			final List<Weight> weights = new ArrayList<>(graph.variables.initialValues());
			for (final Weight weight : learned) {
				weights.removeIf(each -> each.name().equals(weight.name()));
				weights.add(weight);
			}
			graph.fill(weights);
			return graph.run(images);
		}
	}

	private static float[] noise(final int images, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] noise = new float[images * BOX * BOX];
		for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
		return noise;
	}

	private static float[] filled(final int length, final float value) {
		final float[] filled = new float[length];
		Arrays.fill(filled, value);
		return filled;
	}
}
