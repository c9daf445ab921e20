package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.network.InferenceNetwork.BatchSize;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.ResidualAutoencoderTest;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchSizeTest {

	@Test
	void measuresOnceForEachKindOfNetwork() {
		final ResidualAutoencoder tiny = new ResidualAutoencoder(List.of(4, 6), List.of(2, 2), List.of(0, 1), List.of(0),
			true, false, false);
		final List<Weight> weights = ResidualAutoencoderTest.initialWeights(tiny, 32);
		final Device device = new Device(false, Precision.FLOAT32, 0);
		try (InferenceNetwork network = new InferenceNetwork(tiny, 32, weights, device)) {
			final int size = BatchSize.measured(network);
			assertTrue(List.of(4, 16, 64).contains(size), "batch " + size);
			final InferenceNetwork closed = new InferenceNetwork(tiny, 32, weights, device);
			closed.close();
			// It can no longer be measured, so the known value is used.
			assertEquals(size, BatchSize.measured(closed));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "FLOAT32", "BFLOAT16" })
	void sizeDoesNotChangeResults(final Precision precision) {
		assumeTrue(precision == Precision.FLOAT32 || TensorFlowRuntime.get().hasBfloat16());
		final int pixels = 32 * 32;
		final float[] images = new float[64 * pixels];
		for (int i = 0; i < images.length; i++) images[i] = (float) Math.sin(i * 0.37);
		try (InferenceNetwork network = new InferenceNetwork(ResidualAutoencoder.LIGHT, 32, ResidualAutoencoderTest
			.initialWeights(ResidualAutoencoder.LIGHT, 32), new Device(false, precision, 0)))
		{
			final float[] all = network.run(images);
			float range = 0;
			for (final float value : all) range = Math.max(range, Math.abs(value));
			for (final int size : new int[] { 4, 16 }) for (int first = 0; first < 64; first += size) {
				final float[] part = network.run(Arrays.copyOfRange(images, first * pixels, (first + size) * pixels));
				assertArrayEquals(Arrays.copyOfRange(all, first * pixels, (first + size) * pixels), part, 2e-6f * range);
			}
		}
	}

	@Test
	void usualSizeShrinksWithTheBox() {
		assertEquals(16, BatchSize.usual(64, false));
		assertEquals(16, BatchSize.usual(256, false));
		assertEquals(4, BatchSize.usual(512, false));
		assertEquals(64, BatchSize.usual(128, true));
		assertEquals(1, BatchSize.usual(4096, true));
		// As a damaged model card may have it: the square of 2^30 overflows an int.
		assertEquals(1, BatchSize.usual(1 << 30, false));
	}
}
