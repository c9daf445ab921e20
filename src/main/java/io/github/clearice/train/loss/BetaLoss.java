package io.github.clearice.train.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The scores of the (alpha, beta) family, Gu et al. 2021 after equation 5. With
 * t = s(z) = 1 / (1 + exp(-z)) their slopes are elementary and stable at any z:
 *
 * <pre>
 * dS(t, 1)/dz =  s(z)^alpha s(-z)^(beta+1)
 * dS(t, 0)/dz = -s(z)^(alpha+1) s(-z)^beta
 * </pre>
 *
 * The generator descends S(., 0), as in Algorithm 1. Where alpha or beta is
 * negative the slopes grow without bounds as a discriminator errs with
 * certainty; they are held at what they are at |z| = 40.
 */
final class BetaLoss implements AdversarialLoss {

	private final float alpha;
	private final float beta;
	/** Logits beyond have no gradient; infinite for none. */
	private final double largestLogit;
	private final ScoreIntegral real;
	private final ScoreIntegral fake;

	/**
	 * @param clamp scores are held between this and one minus this, as by a clamp of t, whose derivative is zero
	 *          outside; 0 for no clamp
	 */
	BetaLoss(final double alpha, final double beta, final double clamp) {
		this.alpha = (float) alpha;
		this.beta = (float) beta;
		largestLogit = Math.log((1 - clamp) / clamp);
		real = new ScoreIntegral(alpha, beta);
		fake = new ScoreIntegral(beta, alpha);
	}

	@Override
	public Operand<TFloat32> realSlope(final Ops tf, final Operand<TFloat32> logits) {
		return slope(tf, logits, alpha, beta + 1);
	}

	@Override
	public Operand<TFloat32> fakeSlope(final Ops tf, final Operand<TFloat32> logits) {
		return tf.math.neg(slope(tf, logits, alpha + 1, beta));
	}

	@Override
	public Operand<TFloat32> generatorSlope(final Ops tf, final Operand<TFloat32> logits) {
		return fakeSlope(tf, logits);
	}

	/** {@code s(z)^a s(-z)^b}, by its logarithm. */
	private Operand<TFloat32> slope(final Ops tf, final Operand<TFloat32> logits, final float a, final float b) {
		final Operand<TFloat32> z = tf.clipByValue(logits, tf.constant((float) -ScoreIntegral.EDGE), tf.constant(
			(float) ScoreIntegral.EDGE));
		final Operand<TFloat32> logRising = tf.math.mul(tf.constant(-a), tf.math.softplus(tf.math.neg(z)));
		final Operand<TFloat32> logFalling = tf.math.mul(tf.constant(-b), tf.math.softplus(z));
		final Operand<TFloat32> slope = tf.math.exp(tf.math.add(logRising, logFalling));
		if (Double.isInfinite(largestLogit)) return slope;
		return tf.math.mul(slope, tf.dtypes.cast(tf.math.lessEqual(tf.math.abs(logits), tf.constant((float) largestLogit)),
			TFloat32.class));
	}

	/** S(t, 1) of a logit. */
	double real(final double logit) {
		return real.at(held(logit));
	}

	/** S(t, 0) of a logit. */
	double fake(final double logit) {
		return fake.at(-held(logit));
	}

	@Override
	public double generator(final double logit) {
		return fake(logit);
	}

	@Override
	public double score(final double logit) {
		return Logit.sigmoid(held(logit));
	}

	private double held(final double logit) {
		return Math.max(-largestLogit, Math.min(largestLogit, logit));
	}
}
