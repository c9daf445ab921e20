package io.github.clearice.train.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * S(t, 1) = t and S(t, 0) = -t, of scores without a sigmoid: Gu et al. 2021,
 * equation 8, whose penalty is {@link GradientPenalty}.
 */
record WassersteinLoss() implements AdversarialLoss {

	@Override
	public Operand<TFloat32> realSlope(final Ops tf, final Operand<TFloat32> logits) {
		return tf.fill(tf.shape(logits), tf.constant(1f));
	}

	@Override
	public Operand<TFloat32> fakeSlope(final Ops tf, final Operand<TFloat32> logits) {
		return tf.fill(tf.shape(logits), tf.constant(-1f));
	}

	@Override
	public Operand<TFloat32> generatorSlope(final Ops tf, final Operand<TFloat32> logits) {
		return fakeSlope(tf, logits);
	}

	@Override
	public double generator(final double logit) {
		return -logit;
	}

	@Override
	public double score(final double logit) {
		return logit;
	}
}
