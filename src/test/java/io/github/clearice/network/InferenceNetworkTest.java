package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.ResidualAutoencoderTest;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.Precision;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class InferenceNetworkTest {

	private static final Device CPU = new Device(false, Precision.FLOAT32, 0);
	private static final ResidualAutoencoder TINY = new ResidualAutoencoder(List.of(4, 6), List.of(2, 2), List.of(0, 1),
		List.of(0), true, false, false);

	private final List<Weight> weights = new ArrayList<>(ResidualAutoencoderTest.initialWeights(TINY, 16));

	@Test
	void missingWeightIsNamed() {
		final Weight removed = weights.remove(1);
		assertEquals("The weights lack " + removed.name() + ", which this network needs: they belong to another network.",
			refusal());
	}

	@Test
	void weightTooManyIsNamed() {
		weights.add(new Weight("stranger", new int[] { 2 }, new float[2]));
		assertEquals("The weights hold stranger, which this network does not have: they belong to another network.",
			refusal());
	}

	@Test
	void weightOfAnotherShapeIsNamed() {
		final Weight first = weights.get(0);
		weights.set(0, new Weight(first.name(), new int[] { first.values().length }, first.values()));
		assertEquals("Weight " + first.name() +
			" has shape [64], but this network needs [4, 4, 1, 4]: it belongs to another network.", refusal());
	}

	@Test
	void runsInSeveralThreadsAtOnce() {
		final float[] images = new float[4 * 256];
		for (int i = 0; i < images.length; i++) images[i] = (float) Math.sin(i * 0.37);
		try (InferenceNetwork network = new InferenceNetwork(TINY, 16, weights, CPU)) {
			final float[] alone = network.run(images);
			final float[][] together = new float[40][];
			ParallelLoop.run(together.length, 1, 4, thread -> step -> together[(int) step] = network.run(images));
			for (final float[] result : together) assertArrayEquals(alone, result);
		}
	}

	private String refusal() {
		return assertThrows(NetworkException.class, () -> {
			final InferenceNetwork network = new InferenceNetwork(TINY, 16, weights, CPU);
			network.close();
		}).getMessage();
	}
}
