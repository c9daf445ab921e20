package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.Map;

/**
 * The adversarial part of an objective, and how its discriminator is trained
 * (Gu et al. 2021, Algorithm 1).
 *
 * @param gan the family of losses, not {@link Gan#NONE}
 * @param alpha of the (alpha, beta) family, -1 to 1; 0 in others
 * @param beta of the (alpha, beta) family, -1 to 1; 0 in others
 * @param mu weight of the gradient penalty of {@link Gan#WGAN}; 0 in others
 * @param clamp scores are held between this and one minus this, and have no gradient beyond; 0 holds none
 * @param discriminator its name, or {@link #AUTO} for the one that goes with the network
 * @param scores how the map of scores of an image is reduced
 * @param criticSteps ascents of the discriminator in an update, k_d
 * @param generatorSteps descents of the generator in an update, k_g
 * @param criticInterval the discriminator is trained in one of so many updates
 * @param criticRate peak learning rate of the discriminator; it runs as that of the generator
 */
public record Adversary(Gan gan, double alpha, double beta, double mu, double clamp, String discriminator,
	Reduction scores, int criticSteps, int generatorSteps, int criticInterval, double criticRate)
{

	/** Discriminator by network. */
	public static final String AUTO = "auto";

	private static final int MOST_STEPS = 100;

	public Adversary {
		if (gan == Gan.NONE) throw new IllegalArgumentException("An autoencoder has no adversary.");
		requireBetween("alpha", -1, alpha, 1);
		requireBetween("beta", -1, beta, 1);
		if (gan == Gan.WGAN && !(mu > 0 && mu <= 1e6)) throw new ParameterException("Option mu must be above 0, not " + mu +
			": without its penalty the critic of a Wasserstein GAN grows without bounds.");
		if (!(clamp >= 0 && clamp < 0.5)) throw new ParameterException(
			"Option clamp must be at least 0 and below 0.5, not " + clamp + ".");
		requireBetween("kd", 1, criticSteps, MOST_STEPS);
		requireBetween("kg", 1, generatorSteps, MOST_STEPS);
		requireBetween("criticevery", 1, criticInterval, MOST_STEPS);
		LearningRate.checkPeak("criticrate", criticRate);
	}

	/** Reads what {@link #addTo} writes. */
	static Adversary of(final Gan gan, final OptionReader read) {
		final boolean beta = gan == Gan.BETA;
		final boolean clamped = beta || gan == Gan.JS;
		return new Adversary(gan, beta ? read.real("alpha") : 0, beta ? read.real("beta") : 0, gan == Gan.WGAN ? read.real(
			"mu") : 0, clamped ? read.real("clamp") : 0, read.word("discriminator"), read.choice("scores", Reduction.class),
			read.integer("kd"), read.integer("kg"), read.integer("criticevery"), read.real("criticrate"));
	}

	/** Adds the options that the family has to a map. */
	void addTo(final Map<String, String> map) {
		final Map<String, String> options = gan.options();
		options.replaceAll((name, usual) -> value(name));
		map.putAll(options);
	}

	private String value(final String name) {
		return switch (name) {
			case "alpha" -> Double.toString(alpha);
			case "beta" -> Double.toString(beta);
			case "mu" -> Double.toString(mu);
			case "clamp" -> Double.toString(clamp);
			case "discriminator" -> discriminator;
			case "scores" -> scores.label();
			case "kd" -> Integer.toString(criticSteps);
			case "kg" -> Integer.toString(generatorSteps);
			case "criticevery" -> Integer.toString(criticInterval);
			case "criticrate" -> Double.toString(criticRate);
			default -> throw new IllegalArgumentException(name);
		};
	}

	private static void requireBetween(final String name, final double least, final double value, final double most) {
		if (!(value >= least && value <= most)) throw new ParameterException("Option " + name + " must be" +
			" " + number(least) +
			" to " + number(most) + ", not " + number(value) + ".");
	}

	private static String number(final double value) {
		return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
	}
}
