package io.github.clearice.train.loss;

import io.github.clearice.train.options.Adversary;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An adversarial loss as a function of the logits z of a discriminator: what it
 * scores a real image S(., 1) and a fake one S(., 0), both to be ascended, and
 * what the generator descends. Training needs the slopes alone.
 */
public interface AdversarialLoss {

	/** dS(., 1)/dz for each logit, for real images. */
	Operand<TFloat32> realSlope(Ops tf, Operand<TFloat32> logits);

	/** dS(., 0)/dz for each logit, for fake images. */
	Operand<TFloat32> fakeSlope(Ops tf, Operand<TFloat32> logits);

	/** Slope of what the generator descends. */
	Operand<TFloat32> generatorSlope(Ops tf, Operand<TFloat32> logits);

	/** What the generator descends, for one logit. */
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
}
