package io.github.clearice.train.loss;

import io.github.clearice.train.options.Objective.Loss;
import io.github.clearice.train.options.Objective.Reduction;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A pixel loss in TensorFlow's terms.
 *
 * @param loss of a pixel
 * @param reduction over the pixels of an image; images are averaged
 */
public record PixelLoss(Loss loss, Reduction reduction) {

	/** A guess that is better than this, in deviations of the noisy image, counts as if it were so good. */
	private static final float LEAST_GUESS = 1e-3f;

	/**
	 * Adds the loss to a graph.
	 *
	 * @param result denoised images {@code [N,H,W,1]}
	 * @param target clean images of the same shape
	 * @return a scalar
	 */
	public Operand<TFloat32> build(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target) {
		return build(tf, terms(tf, result, target));
	}

	private Operand<TFloat32> build(final Ops tf, final Operand<TFloat32> terms) {
		return tf.math.div(sum(tf, terms), tf.dtypes.cast(reduction == Reduction.MEAN ? tf.size(terms) : images(tf, terms),
			TFloat32.class));
	}

	/**
	 * Adds the loss of some pixels to a graph: the weighted mean, or the weighted sum
	 * of each image.
	 *
	 * @param weights of pixels, of the shape of the images; 0 leaves a pixel out
	 * @return a scalar
	 */
	public Operand<TFloat32> buildWeighted(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target,
		final Operand<TFloat32> weights)
	{
		final Operand<TFloat32> terms = tf.math.mul(weights, terms(tf, result, target));
		return tf.math.div(sum(tf, terms), reduction == Reduction.MEAN ? sum(tf, weights) : tf.dtypes.cast(images(tf,
			target), TFloat32.class));
	}

	/**
	 * Adds the loss relative to that of a first guess, so that images count alike whatever their contrast and however
	 * good the guess.
	 *
	 * @param guess of the shape of the images
	 * @return a scalar: 1 if the results are the guess
	 */
	public Operand<TFloat32> buildRelative(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target,
		final Operand<TFloat32> guess)
	{
		final Operand<TFloat32> before = tf.math.mean(terms(tf, guess, target), tf.constant(new int[] { 1, 2, 3 }), Mean
			.keepDims(true));
		return build(tf, tf.math.div(terms(tf, result, target), tf.math.maximum(before, tf.constant(LEAST_GUESS))));
	}

	private Operand<TFloat32> terms(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target) {
		final Operand<TFloat32> difference = tf.math.sub(result, target);
		return switch (loss) {
			case L1 -> tf.math.abs(difference);
			case L2 -> tf.math.square(difference);
		};
	}

	private static Operand<TFloat32> sum(final Ops tf, final Operand<TFloat32> terms) {
		final int[] allAxes = { 0, 1, 2, 3 };
		return tf.reduceSum(terms, tf.constant(allAxes), ReduceSum.keepDims(false));
	}

	private static Operand<TInt32> images(final Ops tf, final Operand<TFloat32> target) {
		return tf.gather(tf.shape(target), tf.constant(0), tf.constant(0));
	}
}
