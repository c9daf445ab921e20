package io.github.clearice.train.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.train.loss.AdversarialLoss.GradientPenalty;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * The penalty of a critic of two convolutions, and its gradient for their
 * weights, against PyTorch in float64.
 *
 * <pre>
 * import torch, math; torch.set_default_dtype(torch.float64); F = torch.nn.functional
 * def waves(n, a): return torch.tensor([math.sin(a*i+0.001*i*i) for i in range(n)])
 * w1 = (0.8*waves(48,0.37)).reshape(4,4,1,3).permute(3,2,0,1).clone().requires_grad_()
 * w2 = (0.5*waves(48,0.23)).reshape(4,4,3,1).permute(3,2,0,1).clone().requires_grad_()
 * real = waves(512,0.11).reshape(2,1,16,16); fake = 0.7*waves(512,0.29).reshape(2,1,16,16)
 * mix = torch.tensor([0.25,0.8]).reshape(2,1,1,1)
 * x = (fake+mix*(real-fake)).requires_grad_()
 * h = F.leaky_relu(F.conv2d(F.pad(x,(1,1,1,1)),w1,stride=2),0.2)
 * g, = torch.autograd.grad(F.conv2d(h,w2).sum()/25,x,create_graph=True)
 * p = ((g.flatten(1).norm(dim=1)-1)**2).mean(); p.backward()
 * p.item(), w1.grad.norm(), w2.grad.norm()
 * w1.grad.permute(2,3,1,0).flatten()[[0,17,40]], w2.grad.permute(2,3,1,0).flatten()[[0,17,40]]
 * </pre>
 */
class GradientPenaltyTest {

	private final Graph graph = new Graph();
	private final Ops tf = Ops.create(graph);

	@AfterEach
	void close() {
		graph.close();
	}

	@Test
	void hasTheValueAndTheGradientsOfPyTorch() {
		final Operand<TFloat32> first = waves(0.8, 0.37, 4, 4, 1, 3), second = waves(0.5, 0.23, 4, 4, 3, 1);
		final Operand<TFloat32> mix = tf.reshape(tf.constant(new float[] { 0.25f, 0.8f }), tf.constant(new int[] { 2, 1, 1,
			1 }));
		final Operand<TFloat32> penalty = GradientPenalty.build(graph, tf, waves(1, 0.11, 2, 16, 16, 1), waves(0.7, 0.29, 2,
			16, 16, 1), mix, images -> {
				final Operand<TFloat32> hidden = tf.nn.leakyRelu(tf.nn.conv2d(images, first, List.of(1L, 2L, 2L, 1L), "SAME"),
					LeakyRelu.alpha(0.2f));
				return tf.nn.conv2d(hidden, second, List.of(1L, 1L, 1L, 1L), "VALID");
			}, 1 / 25f);
		final Output<?>[] gradients = graph.addGradients("g", new Output<?>[] { penalty.asOutput() }, new Output<?>[] {
			first.asOutput(), second.asOutput() }, new Output<?>[] { tf.constant(1f).asOutput() });
		assertEquals(0.200442320828395, run(penalty)[0], 1e-6);
		final float[] one = run(gradients[0].expect(TFloat32.class)), two = run(gradients[1].expect(TFloat32.class));
		assertEquals(0.18671323612419652, norm(one), 1e-6);
		assertEquals(0.3299518412679469, norm(two), 1e-6);
		assertEquals(-0.03654743328731384, one[0], 1e-6);
		assertEquals(-0.029113222961991383, one[17], 1e-6);
		assertEquals(0.024521211938004425, one[40], 1e-6);
		assertEquals(-0.038572786030114985, two[0], 1e-6);
		assertEquals(-0.017833865910248572, two[17], 1e-6);
		assertEquals(0.08666685015474282, two[40], 1e-6);
	}

	/** Of D(x) = w x, summed over pixels, the slope has length 16 |w| for 256 pixels: the penalty pulls it to one. */
	@ParameterizedTest
	@ValueSource(floats = { 0.02f, 0.3f })
	void pullsTheSlopeTowardsOne(final float w) {
		final Operand<TFloat32> weight = tf.constant(w);
		final Operand<TFloat32> penalty = linearPenalty(weight);
		assertEquals((16 * w - 1) * (16 * w - 1), run(penalty)[0], 1e-5);
		assertEquals(2 * 16 * (16 * w - 1), run(gradient(penalty, weight))[0], 1e-3);
	}

	/** A critic that does not look at its image has no slope to divide by. */
	@Test
	void isFiniteWhereTheSlopeVanishes() {
		final Operand<TFloat32> weight = tf.constant(0f);
		final Operand<TFloat32> penalty = linearPenalty(weight);
		assertEquals(1, run(penalty)[0], 1e-5);
		assertEquals(0, run(gradient(penalty, weight))[0], 1e-5);
	}

	private Operand<TFloat32> linearPenalty(final Operand<TFloat32> weight) {
		return GradientPenalty.build(graph, tf, waves(1, 0.11, 2, 16, 16, 1), waves(0.7, 0.29, 2, 16, 16, 1), tf.constant(
			new float[1][1][1][1]), images -> tf.math.mul(weight, images), 1);
	}

	private Operand<TFloat32> gradient(final Operand<TFloat32> value, final Operand<TFloat32> of) {
		return graph.addGradients("g", new Output<?>[] { value.asOutput() }, new Output<?>[] { of.asOutput() },
			new Output<?>[] { tf.constant(1f).asOutput() })[0].expect(TFloat32.class);
	}

	private Operand<TFloat32> waves(final double height, final double rate, final int... shape) {
		int count = 1;
		for (final int length : shape) count *= length;
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) values[i] = (float) (height * Math.sin(rate * i + 0.001 * i * i));
		return tf.reshape(tf.constant(values), tf.constant(shape));
	}

	private float[] run(final Operand<TFloat32> wanted) {
		try (Session session = new Session(graph); Result found = session.runner().fetch(wanted).run()) {
			final TFloat32 tensor = (TFloat32) found.get(0);
			final float[] values = new float[(int) tensor.size()];
			tensor.asRawTensor().data().asFloats().read(values);
			return values;
		}
	}

	private static double norm(final float[] values) {
		double sum = 0;
		for (final float value : values) sum += (double) value * value;
		return Math.sqrt(sum);
	}
}
