package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.network.Convolution.Padding;
import io.github.clearice.network.Layers.DropoutMask;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LayersTest {

	private static final float[] RAMP = { -3, -1, 0, 2 };

	@Test
	void leakyReluAndElu() {
		assertArrayEquals(new float[] { -.6f, -.2f, 0, 2 }, apply((layers, in) -> layers.leakyRelu(in, .2f), RAMP), 1e-6f);
		// numpy.expm1([-3, -1])
		assertArrayEquals(new float[] { -.95021293f, -.63212056f, 0, 2 }, apply(Layers::elu, RAMP), 1e-6f);
	}

	@Test
	void leakyReluWhileTrainingHasTheSlopesForItsGradient() {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 2, 1, (layers, in) -> layers.leakyRelu(in, .2f))) {
			final Operand<TFloat32> gradient = graph.graph.addGradients(graph.result.value().asOutput(), new Output<?>[] {
				graph.image.asOutput() })[0].expect(TFloat32.class);
			graph.start();
			assertArrayEquals(new float[] { -.6f, -.2f, 0, 2 }, graph.run(RAMP), 1e-6f);
			// torch.nn.functional.leaky_relu(x, .2).backward(torch.ones(4)) away from zero; there the mean of both slopes.
			assertArrayEquals(new float[] { .2f, .2f, .6f, 1 }, graph.run(gradient, RAMP, 1), 1e-6f);
		}
	}

	@Test
	void concatenationKeepsTheOrderOfChannels() {
		assertArrayEquals(new float[] { -3, 0, -1, 0, 0, 0, 2, 2 }, apply((layers, in) -> layers.concatenated(in, layers
			.relu(in)), RAMP));
	}

	@Test
	void paddingSetsWhereAKernelLies() {
		// A kernel of ones sums the pixels it covers: 3 x 3 over 3 x 3 ones.
		final float[] ones = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
		assertArrayEquals(new float[] { 4, 6, 4, 6, 9, 6, 4, 6, 4 }, summed(3, Padding.SAME, ones));
		assertArrayEquals(new float[] { 9 }, summed(3, Padding.NONE, ones));
		// 4 x 4 over 3 x 3 in a ring of zeros, as scipy.signal.convolve2d(numpy.pad(numpy.ones((3, 3)), 1),
		// numpy.ones((4, 4)), 'valid').
		assertArrayEquals(new float[] { 9, 9, 9, 9 }, summed(4, Padding.ONE, ones));
	}

	@Test
	void halvingTakesMeansAndDoublingRepeats() {
		final float[] image = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
		// numpy.arange(1, 17).reshape(2, 2, 2, 2).mean((1, 3))
		assertArrayEquals(new float[] { 3.5f, 5.5f, 11.5f, 13.5f }, apply(Layers::halved, image), 1e-6f);
		// numpy.kron([[-3, -1], [0, 2]], numpy.ones((2, 2)))
		assertArrayEquals(new float[] { -3, -3, -1, -1, -3, -3, -1, -1, 0, 0, 2, 2, 0, 0, 2, 2 }, apply(Layers::doubled,
			RAMP));
		// Two channels stay apart: x and 2 x.
		final float[] two = apply((layers, in) -> layers.halved(layers.concatenated(in, layers.sum(in, in))), image);
		assertArrayEquals(new float[] { 3.5f, 7, 5.5f, 11, 11.5f, 23, 13.5f, 27 }, two, 1e-5f);
	}

	@Test
	void equalisedKernelsAreScaledInTheGraph() {
		final Convolution plan = new Convolution(3, 1, 1).padded(Padding.NONE);
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.INFERENCE, 3, 1, (layers, in) -> layers.equalisedConvolution(
			"sum", in, plan)))
		{
			graph.start();
			final float[] ones = new float[9];
			Arrays.fill(ones, 1);
			graph.fill(List.of(new Weight("sum/kernel", new int[] { 3, 3, 1, 1 }, ones)));
			assertEquals(9 * Math.sqrt(2 / 9.0), graph.run(ones)[0], 1e-5);
		}
	}

	@Test
	void dropoutDropsItsShareAndRepeatsWithTheSeed() {
		final float[] ones = new float[64 * 64];
		Arrays.fill(ones, 1);
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 64, 1, (layers, in) -> layers.dropout("drop", in,
			.25f)))
		{
			graph.start();
			final float[] first = graph.run(graph.result.value(), ones, 1);
			int dropped = 0;
			for (final float value : first) {
				if (value == 0) dropped++;
				else assertEquals(1 / .75f, value, 1e-6f);
			}
			// Four standard deviations of the binomial distribution.
			assertEquals(.25 * 4096, dropped, 4 * Math.sqrt(4096 * .25 * .75));
			assertArrayEquals(first, graph.run(graph.result.value(), ones, 1));
			assertFalse(Arrays.equals(first, graph.run(graph.result.value(), ones, 2)));
		}
	}

	@Test
	void dropoutOfAnotherNameDropsOthers() {
		final float[] ones = new float[16 * 16];
		Arrays.fill(ones, 1);
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 16, 1, (layers, in) -> layers.concatenated(layers
			.dropout("one", in, .5f), layers.dropout("two", in, .5f))))
		{
			graph.start();
			final float[] pairs = graph.run(ones);
			int equal = 0;
			for (int i = 0; i < pairs.length; i += 2) if (pairs[i] == pairs[i + 1]) equal++;
			assertEquals(128, equal, 4 * Math.sqrt(256 * .25));
		}
	}

	@Test
	void dropoutDoesNothingInInference() {
		assertArrayEquals(new float[] { -3, -1, 0, 4 }, apply((layers, in) -> layers.sum(layers.dropout("drop", in, .5f),
			layers.relu(in)), RAMP));
	}

	@Test
	void masksOfInferenceDropTheirShareByTheSeedsOfTheImages() {
		TensorFlowRuntime.get();
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final List<DropoutMask> masks = new ArrayList<>();
			new Layers(tf, new VariableSet(tf, "weights", 1), Layers.Mode.INFERENCE, null).dropping(masks).dropout("drop",
				new FeatureMap(tf.placeholder(TFloat32.class), 32, 4), .25f);
			try (TFloat32 both = masks.get(0).tensor(new long[] { 3, 4 }); TFloat32 second = masks.get(0).tensor(new long[] {
				4 }))
			{
				int dropped = 0, equal = 0;
				for (int i = 0; i < 4096; i++) {
					final int x = i / 4 % 32, y = i / 128;
					final float one = both.getFloat(0, y, x, i % 4), other = both.getFloat(1, y, x, i % 4);
					assertEquals(other, second.getFloat(0, y, x, i % 4));
					if (one == other) equal++;
					if (one == 0) dropped++;
					else assertEquals(1 / .75f, one, 1e-6f);
				}
				// Four standard deviations of the binomial distributions.
				assertEquals(.25 * 4096, dropped, 4 * Math.sqrt(4096 * .25 * .75));
				assertEquals(.625 * 4096, equal, 4 * Math.sqrt(4096 * .625 * .375));
			}
		}
	}

	@Test
	void dropoutNeedsASeedToTrain() {
		TensorFlowRuntime.get();
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final Layers layers = new Layers(tf, new VariableSet(tf, "weights", 1), Layers.Mode.TRAINING, null);
			final FeatureMap in = new FeatureMap(tf.constant(new float[1][2][2][1]), 2, 1);
			assertThrows(NetworkException.class, () -> layers.dropout("drop", in, .5f));
		}
	}

	private static float[] summed(final int kernel, final Padding padding, final float[] image) {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.INFERENCE, 3, 1, (layers, in) -> layers.convolution("sum",
			in, new Convolution(kernel, 1, 1).padded(padding))))
		{
			graph.start();
			final float[] weights = new float[kernel * kernel];
			Arrays.fill(weights, 1);
			graph.fill(List.of(new Weight("sum/kernel", new int[] { kernel, kernel, 1, 1 }, weights)));
			return graph.run(image);
		}
	}

	private static float[] apply(final NetworkGraph.Builder builder, final float[] image) {
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.INFERENCE, (int) Math.sqrt(image.length), 1, builder)) {
			graph.start();
			return graph.run(image);
		}
	}
}
