package io.github.clearice.train.loss;

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
final class ScoreIntegral {

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
		return Math.exp(alpha * Logit.logSigmoid(logit) + (beta + 1) * Logit.logSigmoid(-logit));
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
