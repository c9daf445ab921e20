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
 * The generator descends S(., 0), as in Algorithm 1. Where alpha or beta is negative the slopes grow without bounds as
 * a discriminator errs with certainty; they are clamped to their values at |z| = 40.
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
		return AdversarialLoss.sigmoid(held(logit));
	}

	private double held(final double logit) {
		return Math.max(-largestLogit, Math.min(largestLogit, logit));
	}

	/**
	 * The score S(t, 1) of the (alpha, beta) family (Gu et al. 2021, after equation
	 * 5) as a function of the logit z, with t = s(z) = 1 / (1 + exp(-z)):
	 *
	 * <pre>
	 * S(t, 1) = -int_t^1 c^(alpha-1) (1-c)^beta dc = -int_z^inf s(u)^alpha s(-u)^(beta+1) du
	 * </pre>
	 *
	 * and by symmetry S(t, 0) is that of (beta, alpha) at -z. In u the integrand is
	 * smooth and both its tails are exponentials, so that a fine table holds the
	 * integral to eight digits, and its tails are exact.
	 * <p>
	 * With beta = -1 the integral is infinite for every t, although its slope is not;
	 * the value is then measured from t = 1/2.
	 */
	static final class ScoreIntegral {

		/** Beyond, {@code s(u)^alpha s(-u)^(beta+1)} is an exponential to seventeen digits. */
		static final double EDGE = 40;
		private static final int PER_UNIT = 64;
		private static final int INTERVALS = (int) (2 * EDGE * PER_UNIT);
		/** Gauss-Legendre quadrature with three nodes. */
		private static final double[] NODES = { -Math.sqrt(0.6), 0, Math.sqrt(0.6) };
		private static final double[] WEIGHTS = { 5 / 9.0, 8 / 9.0, 5 / 9.0 };

		private final double alpha;
		private final double beta;
		private final double[] values = new double[INTERVALS + 1];

		ScoreIntegral(final double alpha, final double beta) {
			this.alpha = alpha;
			this.beta = beta;
			values[INTERVALS] = beta == -1 ? 0 : -Math.exp(-(beta + 1) * EDGE) / (beta + 1);
			for (int i = INTERVALS - 1; i >= 0; i--) values[i] = values[i + 1] - integral(node(i));
			if (beta == -1) {
				final double middle = values[INTERVALS / 2];
				for (int i = 0; i <= INTERVALS; i++) values[i] -= middle;
			}
		}

		private static double node(final int i) {
			return i / (double) PER_UNIT - EDGE;
		}

		/** Over the interval that begins here. */
		private double integral(final double from) {
			final double half = 0.5 / PER_UNIT;
			double sum = 0;
			for (int i = 0; i < NODES.length; i++) sum += WEIGHTS[i] * slope(from + half * (1 + NODES[i]));
			return half * sum;
		}

		/** dS/dz. */
		double slope(final double logit) {
			return Math.exp(alpha * AdversarialLoss.logSigmoid(logit) + (beta + 1) * AdversarialLoss.logSigmoid(-logit));
		}

		/** S at a logit. */
		double at(final double logit) {
			if (logit < -EDGE) return values[0] - exponential(alpha, logit, -EDGE);
			if (logit > EDGE) return values[INTERVALS] + exponential(-(beta + 1), EDGE, logit);
			final int i = (int) Math.min(INTERVALS - 1, (logit + EDGE) * PER_UNIT);
			return hermite(i, (logit - node(i)) * PER_UNIT);
		}

		/** The cubic with the values and slopes of an interval's ends. */
		private double hermite(final int i, final double x) {
			final double y = 1 - x;
			return y * y * ((1 + 2 * x) * values[i] + x * slope(node(i)) / PER_UNIT) + x * x * ((1 + 2 * y) * values[i + 1] -
				y * slope(node(i + 1)) / PER_UNIT);
		}

		/** The integral of {@code exp(rate * u)}. */
		private static double exponential(final double rate, final double from, final double to) {
			return rate == 0 ? to - from : (Math.exp(rate * to) - Math.exp(rate * from)) / rate;
		}
	}
}
