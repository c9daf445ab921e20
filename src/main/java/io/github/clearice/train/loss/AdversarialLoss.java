package io.github.clearice.train.loss;

import io.github.clearice.train.options.Adversary;

import java.util.function.UnaryOperator;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * An adversarial loss as a function of the logits z of a discriminator: the score of a real image S(., 1) and of a fake
 * one S(., 0), which the discriminator maximises, and the loss that the generator minimises. Training needs the slopes
 * alone.
 */
public interface AdversarialLoss {

	/** dS(., 1)/dz for each logit, for real images. */
	Operand<TFloat32> realSlope(Ops tf, Operand<TFloat32> logits);

	/** dS(., 0)/dz for each logit, for fake images. */
	Operand<TFloat32> fakeSlope(Ops tf, Operand<TFloat32> logits);

	/** Slope of the generator's loss. */
	Operand<TFloat32> generatorSlope(Ops tf, Operand<TFloat32> logits);

	/** The generator's loss for one logit. */
	double generator(double logit);

	/** The score that a logit stands for. */
	double score(double logit);

	/** The loss of a family with its constants. */
	static AdversarialLoss of(final Adversary adversary) {
		return switch (adversary.gan()) {
			case JS, BETA -> new BetaLoss(adversary.alpha(), adversary.beta(), adversary.clamp());
			case WGAN -> new WassersteinLoss();
			case CONDITIONAL -> new CrossEntropyLoss();
			case NONE -> throw new IllegalArgumentException("An autoencoder has no adversary.");
		};
	}

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
			return -logSigmoid(logit);
		}

		@Override
		public double score(final double logit) {
			return sigmoid(logit);
		}
	}

	/**
	 * What keeps a critic's slope near one: the mean over images of
	 * {@code (|dD(x)/dx| - 1)^2} at points x between a real image and its fake
	 * (Gulrajani et al. 2017, equation 3). A critic that ascends must have it
	 * <i>subtracted</i>: the plus in equation 8 and in line 5 of Algorithm 1 of Gu
	 * et al. 2021 would drive it away from one.
	 */
	final class GradientPenalty {

		/** Keeps the root of a vanishing slope differentiable. */
		private static final float TINY = 1e-12f;

		private GradientPenalty() {}

		/**
		 * Adds the penalty to a graph.
		 *
		 * @param real images {@code [N,H,W,1]}
		 * @param fake images of the same shape
		 * @param mix shares of the real image, {@code [N,1,1,1]}
		 * @param critic maps images to scores {@code [N,h,w,1]}
		 * @param share weight of each score in the D of an image: one for a sum
		 * @return a scalar
		 */
		public static Operand<TFloat32> build(final Graph graph, final Ops tf, final Operand<TFloat32> real,
			final Operand<TFloat32> fake, final Operand<TFloat32> mix, final UnaryOperator<Operand<TFloat32>> critic,
			final float share)
		{
			final Operand<TFloat32> between = tf.math.add(fake, tf.math.mul(mix, tf.math.sub(real, fake)));
			final Operand<TFloat32> scores = critic.apply(between);
			final Output<?>[] slope = graph.addGradients("slope", new Output<?>[] { scores.asOutput() }, new Output<?>[] {
				between.asOutput() }, new Output<?>[] { tf.fill(tf.shape(scores), tf.constant(share)).asOutput() });
			final int[] pixels = { 1, 2, 3 };
			final Operand<TFloat32> squares = tf.reduceSum(tf.math.square(slope[0].expect(TFloat32.class)),
				tf.constant(pixels),
				ReduceSum.keepDims(false));
			final Operand<TFloat32> norm = tf.math.sqrt(tf.math.add(squares, tf.constant(TINY)));
			return tf.math.mean(tf.math.square(tf.math.sub(norm, tf.constant(1f))), tf.constant(0));
		}
	}

	/** {@code 1 / (1 + exp(-z))}. */
	static double sigmoid(final double z) {
		return Math.exp(logSigmoid(z));
	}

	/** {@code -log(1 + exp(-z))}. */
	static double logSigmoid(final double z) {
		return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
	}
}
