package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.Discriminators;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveDiscriminator;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualDiscriminator;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

@PlainGraphs
class DiscriminatorTest {

	private static final ResidualDiscriminator TINY_CRITIC = new ResidualDiscriminator(List.of(3, 4), List.of(2, 2), List
		.of(1, 1), 4, false, true);

	@Test
	void haveTheParametersOfTheSources() {
		// Gu et al. at 128 pixels: 4 x 4 downward, 3 x 3 in the units, 4 x 4 to the score with its bias;
		// scale and offset, or one bias, for each of the 1600 normalised channels. "2.8 M".
		final long gu = 16 * (64 + 64 * 128 + 128 * 256) + 9 * (2 * 64 * 64 + 2 * 128 * 128 + 3 * 256 * 256) + 16 * 256 + 1;
		final long guChannels = 3 * 64 + 3 * 128 + 4 * 256;
		assertEquals(gu + 2 * guChannels, parameters("gu2021", false));
		assertEquals(gu + guChannels, parameters("gu2021", true));
		assertEquals(2.8, parameters("gu2021", false) / 1e6, 0.05);

		// Su et al.: units of 1 x 1, 4 x 4 and 1 x 1 with a quarter of the channels inside, C^2 (1/4 + 16/16 + 1/4). "8.1
		// M".
		final long squares = 2 * 64 * 64 + 2 * 128 * 128 + 3 * 256 * 256 + 2 * 512 * 512;
		final long down = 64 * 128 + 128 * 256 + 256 * 512 + 512 * 512 + 512;
		final long suChannels = 64 + 128 + 256 + 512 + 512 + (2 * 64 + 2 * 128 + 3 * 256 + 2 * 512) * 3 / 2;
		assertEquals(16 * (2 * 64 + down) + squares * 3 / 2 + 1 + 2 * suChannels, parameters("su2018", false));
		assertEquals(8.1, parameters("su2018", false) / 1e6, 0.05);

		// Gu et al. at 256 pixels: the same with one channel and units of full width, C^2 (1 + 16 + 1). "20.7 M".
		final long wide = 64 + 128 + 256 + 512 + 512 + (2 * 64 + 2 * 128 + 3 * 256 + 2 * 512) * 3;
		assertEquals(16 * (64 + down) + squares * 18 + 1 + 2 * wide, parameters("gu2021-256", false));
		assertEquals(20.7, parameters("gu2021-256", false) / 1e6, 0.05);

		// pix2pix with an image and its condition of three channels each is known for 2.769 M; with one each it has
		// 4 * 16 * 64 less. The first level has a bias and no normalisation.
		assertEquals(2_768_705 - 4 * 16 * 64, parameters("pix2pix", false));
		assertEquals(16 * (64 + 64 * 128 + 128 * 256 + 256 * 512 + 512) + 1 + 64 + 2 * (128 + 256 + 512), parameters(
			"convnet", false));
		assertEquals(64 * 64 + 16 * 64 * 128 + 9 * 2 * 128 * 128 + 4 * 128 + 1 + 2 * (64 + 3 * 128), parameters("light",
			false));
	}

	@ParameterizedTest
	// Gu et al.: "1.3 GMAC". The others by hand, a kernel's values times the pixels of its result; Su et al.:
	// 2048 * 128^2 + 131072 * 64^2 + 524288 * 32^2 + 2097152 * 32^2 + 4194304 * 29^2 + 8192 * 26^2
	// + 1.5 * (2 * 64^2 * 128^2 + 2 * 128^2 * 64^2 + 3 * 256^2 * 32^2 + 2 * 512^2 * 32^2).
	@CsvSource({ "light, 128, 0.114", "gu2021, 128, 1.3", "su2018, 256, 8.298", "pix2pix, 256, 3.1" })
	void takeTheWorkOfTheirLayers(final String name, final int box, final double billions) {
		try (NetworkGraph graph = NetworkGraph.of(Discriminators.named(name, false), box)) {
			assertEquals(billions, graph.products() / 1e9, billions / 40);
		}
	}

	@ParameterizedTest
	@CsvSource({ "light, 16, 1", "light, 24, 2", "light, 128, 15", "light-conditional, 40, 4", "gu2021, 32, 1",
		"gu2021, 40, 2", "gu2021, 128, 13", "gu2021-256, 56, 1", "convnet, 64, 1", "convnet, 80, 2", "convnet, 128, 5",
		"su2018, 56, 1", "su2018, 72, 3", "su2018, 256, 26", "pix2pix, 24, 1", "pix2pix, 40, 3", "pix2pix, 256, 30",
		"pggan, 16, 1", "pggan, 48, 1" })
	void givesAMapOfScores(final String name, final int box, final int scores) {
		for (final boolean critic : new boolean[] { false, true }) {
			final Discriminator discriminator = Discriminators.named(name, critic);
			discriminator.checkBox(box);
			try (NetworkGraph graph = NetworkGraph.of(discriminator, box)) {
				graph.start();
				final int channels = discriminator.conditional() ? 2 : 1;
				final float[] result = graph.run(NetworkGraph.waves(2 * box * box * channels));
				assertEquals(2 * scores * scores, result.length);
				assertTrue(NetworkGraph.finite(result));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "light, 8, 8", "light, 20, 8", "gu2021, 24, 8", "gu2021, 520, 8", "gu2021-256, 48, 8", "su2018, 48, 8",
		"pix2pix, 16, 8", "convnet, 48, 16", "convnet, 72, 16" })
	void refusesBoxesItCannotTake(final String name, final int box, final int step) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> Discriminators.named(name, false)
			.checkBox(box));
		assertTrue(refused.getMessage().contains("in steps of " + step + ", not " + box), refused.getMessage());
	}

	private static List<String> names() {
		return Discriminators.names();
	}

	/** oneDNN's bfloat16 sums over odd numbers of channels, or slopes over one, were NaN on a Zen 5 processor. */
	@ParameterizedTest
	@MethodSource("names")
	void neverConvolvesOddNumbersOfChannelsNorToOne(final String name) {
		try (NetworkGraph graph = NetworkGraph.of(Discriminators.named(name, false), 64)) {
			int convolutions = 0;
			for (final Iterator<GraphOperation> all = graph.graph.operations(); all.hasNext();) {
				final GraphOperation operation = all.next();
				if (!operation.type().equals("Conv2D")) continue;
				convolutions++;
				assertTrue(operation.output(0).shape().get(3) > 1, operation.name());
				final long summed = operation.input(0).shape().get(3);
				assertTrue(summed == 1 || summed % 2 == 0, operation.name() + " sums over " + summed);
			}
			assertTrue(convolutions > 0);
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void criticsHaveGradientsOfGradientsAndNoBatchStatistics(final String name) {
		final Discriminator critic = Discriminators.named(name, true);
		try (NetworkGraph graph = NetworkGraph.of(critic, 64)) {
			final List<String> names = graph.variables.names();
			assertEquals(graph.variables.trainableNames(), names);
			final List<String> kernels = names.stream().filter(variable -> variable.endsWith("/kernel")).toList();
			assertFalse(kernels.isEmpty());
			for (final Output<?> gradient : gradients(graph, penalty(graph), kernels)) assertNotNull(gradient.op());
		}
	}

	private static List<Discriminator> tinyCritics() {
		return List.of(TINY_CRITIC, new ProgressiveDiscriminator(3, 1));
	}

	@ParameterizedTest
	@MethodSource("tinyCritics")
	void gradientOfThePenaltyEqualsFiniteDifferences(final Discriminator critic) {
		final int box = 16;
		try (NetworkGraph graph = NetworkGraph.of(critic, box)) {
			final Operand<TFloat32> penalty = penalty(graph);
			final List<String> kernels = graph.variables.names().stream().filter(name -> name.endsWith("/kernel")).toList();
			final List<Operand<TFloat32>> gradients = new ArrayList<>();
			for (final Output<?> gradient : gradients(graph, penalty, kernels))
				gradients.add(graph.tf.reshape(gradient.expect(TFloat32.class), graph.tf.constant(new int[] { -1 })));
			final Operand<TFloat32> joined = graph.tf.concat(gradients, graph.tf.constant(0));
			graph.start();
			final float[] images = NetworkGraph.waves(box * box);
			final List<Weight> first = graph.variables.initialValues();
			// All at once, because TensorFlow prepares itself again for every new set of outputs.
			final float[] all = graph.run(joined, images, 0);
			for (int i = 0, end = 0; i < kernels.size(); i++) {
				final int from = end;
				end += length(first, kernels.get(i));
				final float[] gradient = Arrays.copyOfRange(all, from, end);
				double length = 0;
				for (final float g : gradient) length += g * g;
				length = Math.sqrt(length);
				// Along the gradient the slope is its length; the step stays clear of the kinks of LeakyReLU.
				final double h = 2e-4;
				graph.fill(moved(first, kernels.get(i), gradient, h / length));
				final double above = graph.run(penalty, images, 0)[0];
				graph.fill(moved(first, kernels.get(i), gradient, -h / length));
				final double below = graph.run(penalty, images, 0)[0];
				graph.fill(first);
				assertEquals(length, (above - below) / (2 * h), 0.01 * length, kernels.get(i));
			}
		}
	}

	private static int length(final List<Weight> weights, final String name) {
		return weights.stream().filter(weight -> weight.name().equals(name)).findFirst().orElseThrow().values().length;
	}

	@Test
	void optionsRebuildTheDiscriminator() {
		for (final String name : Discriminators.names()) for (final boolean critic : new boolean[] {
			false, true })
		{
			final Discriminator discriminator = Discriminators.named(name, critic);
			assertEquals(discriminator, Discriminators.rebuild(discriminator.name(), discriminator.options()));
		}
		assertThrows(NetworkException.class, () -> Discriminators.rebuild("unheard-of", Map.of()));
		assertThrows(NetworkException.class, () -> Discriminators.rebuild(ResidualDiscriminator.NAME, Map.of()));
		final NetworkException refused = assertThrows(NetworkException.class, () -> Discriminators.named("unheard-of",
			false));
		assertTrue(refused.getMessage().contains("light, deep, residual, light-conditional, gu2021,"), refused
			.getMessage());
	}

	/** The mean of (|gradient| - 1)^2: Gulrajani et al. 2017, equation 3. */
	private static Operand<TFloat32> penalty(final NetworkGraph graph) {
		final Ops tf = graph.tf;
		final Operand<TFloat32> scores = graph.result.value();
		final Output<?>[] slope = graph.graph.addGradients("slope", new Output<?>[] { scores.asOutput() }, new Output<?>[] {
			graph.image.asOutput() }, new Output<?>[] { tf.fill(tf.shape(scores), tf.constant(1f)).asOutput() });
		final Operand<TFloat32> squares = tf.math.square(slope[0].expect(TFloat32.class));
		final Operand<TFloat32> norm = tf.math.pow(tf.reduceSum(squares, tf.constant(new int[] { 1, 2, 3 })), tf.constant(
			0.5f));
		return tf.math.mean(tf.math.square(tf.math.sub(norm, tf.constant(1f))), tf.constant(0));
	}

	private static Output<?>[] gradients(final NetworkGraph graph, final Operand<TFloat32> value,
		final List<String> variables)
	{
		final Output<?>[] of = variables.stream().map(name -> graph.variables.read(name).asOutput()).toArray(
			Output<?>[]::new);
		return graph.graph.addGradients("gradients", new Output<?>[] { value.asOutput() }, of, new Output<?>[] { graph.tf
			.constant(1f).asOutput() });
	}

	private static List<Weight> moved(final List<Weight> weights, final String name, final float[] direction,
		final double by)
	{
		final List<Weight> moved = new ArrayList<>();
		for (final Weight weight : weights) {
			final float[] values = weight.values().clone();
			if (weight.name().equals(name)) for (int i = 0; i < values.length; i++) values[i] += (float) (by * direction[i]);
			moved.add(new Weight(weight.name(), weight.shape(), values));
		}
		return moved;
	}

	private static long parameters(final String name, final boolean critic) {
		try (NetworkGraph graph = NetworkGraph.of(Discriminators.named(name, critic), 128)) {
			return graph.variables.parameterCount();
		}
	}
}
