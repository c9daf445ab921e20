package io.github.clearice.train.loss;

import java.util.function.UnaryOperator;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * What keeps a critic's slope near one: the mean over images of
 * {@code (|dD(x)/dx| - 1)^2} at points x between a real image and its fake
 * (Gulrajani et al. 2017, equation 3). A critic that ascends must have it
 * <i>subtracted</i>: the plus in equation 8 and in line 5 of Algorithm 1 of Gu
 * et al. 2021 would drive it away from one.
 */
public final class GradientPenalty {

	/** Keeps the root of a vanishing slope differentiable. */
	private static final float TINY = 1e-12f;

	private GradientPenalty() {}

	/**
	 * Adds the penalty to a graph.
	 *
	 * @param real images {@code [N,H,W,1]}
	 * @param fake images of the same shape
	 * @param mix shares of the real image, {@code [N,1,1,1]}
	 * @param critic maps images to scores {@code [N,h,w,1]}
	 * @param share weight of each score in the D of an image: one for a sum
	 * @return a scalar
	 */
	public static Operand<TFloat32> build(final Graph graph, final Ops tf, final Operand<TFloat32> real,
		final Operand<TFloat32> fake, final Operand<TFloat32> mix, final UnaryOperator<Operand<TFloat32>> critic,
		final float share)
	{
		final Operand<TFloat32> between = tf.math.add(fake, tf.math.mul(mix, tf.math.sub(real, fake)));
		final Operand<TFloat32> scores = critic.apply(between);
		final Output<?>[] slope = graph.addGradients("slope", new Output<?>[] { scores.asOutput() }, new Output<?>[] {
			between.asOutput() }, new Output<?>[] { tf.fill(tf.shape(scores), tf.constant(share)).asOutput() });
		final int[] pixels = { 1, 2, 3 };
		final Operand<TFloat32> squares = tf.reduceSum(tf.math.square(slope[0].expect(TFloat32.class)), tf.constant(pixels),
			ReduceSum.keepDims(false));
		final Operand<TFloat32> norm = tf.math.sqrt(tf.math.add(squares, tf.constant(TINY)));
		return tf.math.mean(tf.math.square(tf.math.sub(norm, tf.constant(1f))), tf.constant(0));
	}
}
