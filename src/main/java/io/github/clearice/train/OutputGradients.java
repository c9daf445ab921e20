package io.github.clearice.train;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of both losses by the results of the generator, before they go on to its weights: how strongly each
 * pulls at an image.
 */
final class OutputGradients {

	/** Esser et al. 2021, section 3.2: a discriminator without a gradient would have an infinite weight. */
	private static final float MOST_WEIGHT = 1e4f;
	private static final float TINY = 1e-12f;

	private final Ops tf;
	private final Operand<TFloat32> ofPixels;
	private final Operand<TFloat32> ofScores;

	/**
	 * @param name sets these gradients apart from others in the graph
	 * @param result of the generator, {@code [N,H,W,1]}
	 * @param pixelLoss a scalar
	 * @param lambda its weight, above 0
	 * @param scores the discriminator's, of the result
	 * @param slopes of the generator's adversarial loss at the scores
	 */
	OutputGradients(final Graph graph, final Ops tf, final String name, final Operand<TFloat32> result,
		final Operand<TFloat32> pixelLoss, final double lambda, final Operand<TFloat32> scores,
		final Operand<TFloat32> slopes)
	{
		this.tf = tf;
		ofPixels = gradient(graph, name + "-pixels", pixelLoss, result, tf.constant((float) lambda));
		ofScores = gradient(graph, name + "-scores", scores, result, slopes);
	}

	private static Operand<TFloat32> gradient(final Graph graph, final String name, final Operand<TFloat32> loss,
		final Operand<TFloat32> result, final Operand<TFloat32> slope)
	{
		return graph.addGradients(name, new Output<?>[] { loss.asOutput() }, new Output<?>[] { result.asOutput() },
			new Output<?>[] { slope.asOutput() })[0].expect(TFloat32.class);
	}

	/** The mean norm of an image's adversarial gradient divided by that of its pixel loss, lambda included; a scalar. */
	Operand<TFloat32> ratio() {
		return tf.math.div(meanNorm(ofScores), tf.math.maximum(meanNorm(ofPixels), tf.constant(TINY)));
	}

	/**
	 * The sum of both, the adversarial one scaled so that their ratio is as asked, as the adaptive weight of Esser et al.
	 * 2021 (equation 7) does it at the last layer.
	 *
	 * @return of the shape of the result
	 */
	Operand<TFloat32> balanced(final double parity) {
		final Operand<TFloat32> weight = tf.math.minimum(tf.math.div(tf.constant((float) parity), tf.math.maximum(ratio(),
			tf.constant(TINY))), tf.constant(MOST_WEIGHT));
		return tf.math.add(ofPixels, tf.math.mul(weight, ofScores));
	}

	private Operand<TFloat32> meanNorm(final Operand<TFloat32> gradient) {
		final int[] pixels = { 1, 2, 3 };
		return tf.math.mean(tf.math.sqrt(tf.reduceSum(tf.math.square(gradient), tf.constant(pixels), ReduceSum.keepDims(
			false))), tf.constant(0));
	}
}
