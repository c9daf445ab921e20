package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DiscriminatorTest {

	private static final ResidualDiscriminator TINY_CRITIC = new ResidualDiscriminator(List.of(3, 4), List.of(2, 2), List
		.of(1, 1), 4, false, true);

	@Test
	void hasTheParametersOfThePaper() {
		// By hand: 1024 + 131072 + 524288 (down), 2 * 36864 + 2 * 147456 + 3 * 589824 (units), 4096 + 1 (score);
		// 2 a channel of the 3 * 64 + 3 * 128 + 4 * 256 normalised.
		assertEquals(2_798_592 + 1 + 2 * 1600, parameters("gu2021", false, 128));
		// The critic has one bias a channel instead.
		assertEquals(2_798_592 + 1 + 1600, parameters("gu2021", true, 128));
	}

	@ParameterizedTest
	@CsvSource({ "light, 16, 1", "light, 24, 2", "light, 128, 15", "light-conditional, 40, 4", "gu2021, 32, 1",
		"gu2021, 40, 2", "gu2021, 128, 13" })
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
	@CsvSource({ "light, 8", "light, 20", "gu2021, 24", "gu2021, 520" })
	void refusesBoxesItCannotTake(final String name, final int box) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> Discriminators.named(name, false)
			.checkBox(box));
		assertTrue(refused.getMessage().contains("in steps of 8, not " + box), refused.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "light-conditional", "gu2021" })
	void criticsHaveGradientsOfGradientsAndNoBatchStatistics(final String name) {
		final Discriminator critic = Discriminators.named(name, true);
		try (NetworkGraph graph = NetworkGraph.of(critic, 32)) {
			final List<String> names = graph.variables.names();
			assertEquals(graph.variables.trainableNames(), names);
			final List<String> kernels = names.stream().filter(variable -> variable.endsWith("/kernel")).toList();
			assertFalse(kernels.isEmpty());
			for (final Output<?> gradient : gradients(graph, penalty(graph), kernels)) assertNotNull(gradient.op());
		}
	}

	@Test
	void gradientOfThePenaltyEqualsFiniteDifferences() {
		final int box = 16;
		try (NetworkGraph graph = NetworkGraph.of(TINY_CRITIC, box)) {
			final Operand<TFloat32> penalty = penalty(graph);
			final List<String> kernels = graph.variables.names().stream().filter(name -> name.endsWith("/kernel")).toList();
			final List<Operand<TFloat32>> gradients = new ArrayList<>();
			for (final Output<?> gradient : gradients(graph, penalty, kernels)) gradients.add(gradient.expect(TFloat32.class));
			graph.start();
			final float[] images = NetworkGraph.waves(box * box);
			final List<Weight> first = graph.variables.initialValues();
			for (int i = 0; i < kernels.size(); i++) {
				final float[] gradient = graph.run(gradients.get(i), images, 0);
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

	@Test
	void optionsRebuildTheDiscriminator() {
		for (final String name : List.of("light", "light-conditional", "gu2021")) for (final boolean critic : new boolean[] {
			false, true })
		{
			final Discriminator discriminator = Discriminators.named(name, critic);
			assertEquals(discriminator, Discriminators.rebuild(discriminator.name(), discriminator.options()));
		}
		assertThrows(NetworkException.class, () -> Discriminators.rebuild("unheard-of", Map.of()));
		assertThrows(NetworkException.class, () -> Discriminators.rebuild(ResidualDiscriminator.NAME, Map.of()));
		final NetworkException refused = assertThrows(NetworkException.class, () -> Discriminators.named("unheard-of",
			false));
		assertTrue(refused.getMessage().contains("light, light-conditional, gu2021"), refused.getMessage());
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
		final Output<?>[] of = variables.stream().map(name -> graph.variables.read(name).asOutput()).toArray(Output<?>[]::new);
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

	private static long parameters(final String name, final boolean critic, final int box) {
		try (NetworkGraph graph = NetworkGraph.of(Discriminators.named(name, critic), box)) {
			return graph.variables.parameterCount();
		}
	}
}
