package io.github.clearice.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** What a denoiser is trained to make small: Gu et al. 2021, after equation 4, as means over pixels and images. */
public enum Loss {
	/** Mean absolute difference: the l1-autoencoder. */
	L1 {

		@Override
		Operand<TFloat32> ofDifference(final Ops tf, final Operand<TFloat32> difference) {
			return tf.math.abs(difference);
		}
	},
	/** Mean squared difference: the l2-autoencoder (without the paper's factor 1/2). */
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
	 * @return a scalar
	 */
	Operand<TFloat32> build(final Ops tf, final Operand<TFloat32> result, final Operand<TFloat32> target) {
		final Operand<TFloat32> terms = ofDifference(tf, tf.math.sub(result, target));
		final int[] allAxes = { 0, 1, 2, 3 };
		return tf.math.div(tf.reduceSum(terms, tf.constant(allAxes), ReduceSum.keepDims(false)), tf.dtypes.cast(tf.size(
			terms), TFloat32.class));
	}

	/** The name used in commands and cards: {@code l1}, {@code l2}. */
	public String label() {
		return OptionReader.label(this);
	}
}
