package io.github.clearice.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How far a pixel is from its target: Gu et al. 2021, after equation 4 and in Algorithm 1. */
public enum Loss {
	/** Absolute difference: that of the l1-autoencoder. */
	L1 {

		@Override
		Operand<TFloat32> ofDifference(final Ops tf, final Operand<TFloat32> difference) {
			return tf.math.abs(difference);
		}
	},
	/** Squared difference: that of the l2-autoencoder (without the factor 1/2 of its formula, as in Algorithm 1). */
	L2 {

		@Override
		Operand<TFloat32> ofDifference(final Ops tf, final Operand<TFloat32> difference) {
			return tf.math.square(difference);
		}
	};

	abstract Operand<TFloat32> ofDifference(Ops tf, Operand<TFloat32> difference);

	/**
	 * Adds the loss to a graph.
	 *
	 * @param result denoised images {@code [N,H,W,1]}
	 * @param target clean images of the same shape
	 * @param reduction over the pixels of an image; images are averaged
	 * @return a scalar
	 */
	Operand<TFloat32> build(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target,
		final Reduction reduction)
	{
		final Operand<TFloat32> terms = ofDifference(tf, tf.math.sub(result, target));
		return tf.math.div(sum(tf, terms), tf.dtypes.cast(reduction == Reduction.MEAN ? tf.size(terms) : images(tf, target),
			TFloat32.class));
	}

	/**
	 * Adds the loss of some pixels to a graph: the weighted mean, or the weighted sum
	 * of each image.
	 *
	 * @param weights of pixels, of the shape of the images; 0 leaves a pixel out
	 * @return a scalar
	 */
	Operand<TFloat32> buildWeighted(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target,
		final Operand<TFloat32> weights, final Reduction reduction)
	{
		final Operand<TFloat32> terms = tf.math.mul(weights, ofDifference(tf, tf.math.sub(result, target)));
		return tf.math.div(sum(tf, terms), reduction == Reduction.MEAN ? sum(tf, weights) : tf.dtypes.cast(images(tf, target),
			TFloat32.class));
	}

	private static Operand<TFloat32> sum(final Ops tf, final Operand<TFloat32> terms) {
		final int[] allAxes = { 0, 1, 2, 3 };
		return tf.reduceSum(terms, tf.constant(allAxes), ReduceSum.keepDims(false));
	}

	private static Operand<TInt32> images(final Ops tf, final Operand<TFloat32> target) {
		return tf.gather(tf.shape(target), tf.constant(0), tf.constant(0));
	}

	/** The name used in commands and cards: {@code l1}, {@code l2}. */
	public String label() {
		return OptionReader.label(this);
	}
}
