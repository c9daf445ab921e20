package io.github.clearice.train.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of pix2pix, with t = 1/(1 + exp(-z)): S(t, 1) = log(t) / 2
 * and S(t, 0) = log(1 - t) / 2, halved to slow the discriminator down (Isola et
 * al. 2017, section 3.3). The generator descends -log(t), which does not
 * saturate where the discriminator is sure.
 */
record CrossEntropyLoss() implements AdversarialLoss {

	private static final float HALF = 0.5f;

	@Override
	public Operand<TFloat32> realSlope(final Ops tf, final Operand<TFloat32> logits) {
		return tf.math.mul(tf.constant(HALF), tf.math.sigmoid(tf.math.neg(logits)));
	}

	@Override
	public Operand<TFloat32> fakeSlope(final Ops tf, final Operand<TFloat32> logits) {
		return tf.math.mul(tf.constant(-HALF), tf.math.sigmoid(logits));
	}

	@Override
	public Operand<TFloat32> generatorSlope(final Ops tf, final Operand<TFloat32> logits) {
		return tf.math.neg(tf.math.sigmoid(tf.math.neg(logits)));
	}

	@Override
	public double generator(final double logit) {
		return -Logit.logSigmoid(logit);
	}

	@Override
	public double score(final double logit) {
		return Logit.sigmoid(logit);
	}
}
