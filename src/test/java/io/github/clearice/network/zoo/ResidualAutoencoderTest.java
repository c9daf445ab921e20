package io.github.clearice.network.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.InferenceNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

public class ResidualAutoencoderTest {

	private static final Device CPU = new Device(false, Precision.FLOAT32, 0);
	private static final ResidualAutoencoder TINY = new ResidualAutoencoder(List.of(4, 6), List.of(2, 2), List.of(1, 1),
		List.of(1), false, true, true);

	@Test
	void hasTheParametersOfThePaper() {
		// Kernels by hand from the layers: 1024 + 131072 + 524288 (down), 3 * (36864 + 147456 + 589824) (units),
		// 524288 + 131072 (up), 3 * (147456 + 36864) (units), 1024 (output); 2 a channel of the 2561 normalised.
		assertEquals(4_188_160 + 2 * 2561, parameters(ResidualAutoencoder.GU_2021));
	}

	@Test
	void lightNetworkHasAboutAMillionParameters() {
		final long parameters = parameters(ResidualAutoencoder.LIGHT);
		assertTrue(parameters > 700_000 && parameters < 1_300_000, "parameters: " + parameters);
	}

	@ParameterizedTest
	@ValueSource(ints = { 16, 64, 72, 128 })
	void keepsTheSizeOfTheImage(final int box) {
		for (final Architecture network : List.of(ResidualAutoencoder.LIGHT, TINY)) {
			try (InferenceNetwork inference = new InferenceNetwork(network, box, initialWeights(network, box), CPU)) {
				assertEquals(2 * box * box, inference.run(random(2 * box * box)).length);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 63, 68, 520 })
	void refusesBoxesItCannotTake(final int box) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> ResidualAutoencoder.GU_2021.checkBox(
			box));
		assertTrue(refused.getMessage().contains("in steps of 8, not " + box), refused.getMessage());
	}

	@Test
	void resultDoesNotDependOnTheBatch() {
		final int pixels = 32 * 32;
		final float[] three = random(3 * pixels);
		try (InferenceNetwork inference = new InferenceNetwork(TINY, 32, initialWeights(TINY, 32), CPU)) {
			final float[] together = inference.run(three);
			for (int i = 0; i < 3; i++) {
				final float[] alone = inference.run(Arrays.copyOfRange(three, i * pixels, (i + 1) * pixels));
				assertArrayEquals(Arrays.copyOfRange(together, i * pixels, (i + 1) * pixels), alone, 1e-5f);
			}
		}
	}

	@Test
	void optionsRebuildTheNetwork() {
		for (final ResidualAutoencoder network : List.of(ResidualAutoencoder.GU_2021, ResidualAutoencoder.LIGHT, TINY)) {
			assertEquals(network, Architectures.rebuild(network.name(), network.options()));
		}
	}

	@Test
	void refusesMissingAndWrongOptions() {
		final Map<String, String> options = new LinkedHashMap<>(TINY.options());
		options.put("channels", "4 99999");
		assertThrows(NetworkException.class, () -> Architectures.rebuild(TINY.name(), options));
		options.put("channels", "4 x");
		assertThrows(NetworkException.class, () -> Architectures.rebuild(TINY.name(), options));
		options.remove("channels");
		assertThrows(NetworkException.class, () -> Architectures.rebuild(TINY.name(), options));
		assertThrows(NetworkException.class, () -> Architectures.rebuild("unheard-of", options));
		assertThrows(NetworkException.class, () -> Architectures.named("unheard-of"));
	}

	@Test
	void seedSetsTheFirstWeights() {
		final float[] first = variables(TINY, 32, 1).initialValues().get(0).values();
		assertArrayEquals(first, variables(TINY, 32, 1).initialValues().get(0).values());
		assertNotEquals(first[0], variables(TINY, 32, 2).initialValues().get(0).values()[0]);
	}

	@Test
	void refusesWeightsOfAnotherNetwork() {
		final List<Weight> weights = initialWeights(ResidualAutoencoder.LIGHT, 32);
		final NetworkException refused = assertThrows(NetworkException.class, () -> new InferenceNetwork(TINY, 32, weights,
			CPU));
		assertTrue(refused.getMessage().contains("another network"), refused.getMessage());
	}

	public static List<Weight> initialWeights(final Architecture network, final int box) {
		return variables(network, box, 1).initialValues();
	}

	private static long parameters(final Architecture network) {
		return variables(network, 128, 1).parameterCount();
	}

	private static VariableSet variables(final Architecture network, final int box, final long seed) {
		TensorFlowRuntime.get();
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final VariableSet variables = new VariableSet(tf, "weights", seed);
			final Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box, box, 1)));
			network.build(new Layers(tf, variables, Layers.Mode.INFERENCE, null), new FeatureMap(image, box, 1));
			return variables;
		}
	}

	private static float[] random(final int length) {
		final SplittableRandom random = Seeds.random(5);
		final float[] values = new float[length];
		for (int i = 0; i < length; i++) values[i] = (float) random.nextGaussian();
		return values;
	}
}
