package io.github.clearice.train.loss;

/** Functions of one logit z that are exact at any z. */
final class Logit {

	private Logit() {}

	/** {@code 1 / (1 + exp(-z))}. */
	static double sigmoid(final double z) {
		return Math.exp(logSigmoid(z));
	}

	/** {@code -log(1 + exp(-z))}. */
	static double logSigmoid(final double z) {
		return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
	}
}
