package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.Objective.Reduction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The adversarial part of an objective, and how its discriminator is trained
 * (Gu et al. 2021, Algorithm 1).
 *
 * @param gan the family of losses, not {@link Gan#NONE}
 * @param alpha of the (alpha, beta) family, -1 to 1; 0 in others
 * @param beta of the (alpha, beta) family, -1 to 1; 0 in others
 * @param mu weight of the gradient penalty of {@link Gan#WGAN}; 0 in others
 * @param parity ratio at which the adversarial gradient by the results is held to that of the pixel loss, whatever
 *          lambda is; 0 leaves them as lambda weighs them
 * @param clamp scores are held between this and one minus this, and have no gradient beyond; 0 holds none
 * @param discriminator its name, or {@link #AUTO} for the one that goes with the network
 * @param scores how the map of scores of an image is reduced
 * @param criticSteps ascents of the discriminator in an update, k_d
 * @param generatorSteps descents of the generator in an update, k_g
 * @param criticInterval the discriminator is trained in one of so many updates
 * @param criticRate peak learning rate of the discriminator; it runs as that of the generator
 */
public record Adversary(Gan gan, double alpha, double beta, double mu, double parity, double clamp,
	String discriminator,
	Reduction scores, int criticSteps, int generatorSteps, int criticInterval, double criticRate)
{

	/** Discriminator by network. */
	public static final String AUTO = "auto";

	private static final String PARITY = "parity";
	private static final int MOST_STEPS = 100;

	public Adversary {
		if (gan == Gan.NONE) throw new IllegalArgumentException("An autoencoder has no adversary.");
		requireBetween("alpha", -1, alpha, 1);
		requireBetween("beta", -1, beta, 1);
		if (gan == Gan.WGAN && !(mu > 0 && mu <= 1e6)) throw new ParameterException("Option mu must be above 0, not " + mu +
			": without its penalty the critic of a Wasserstein GAN grows without bounds.");
		if (!(parity >= 0 && parity <= 1e3)) throw new ParameterException("Option parity must be 0 to 1000, not " + parity +
			".");
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
			"mu") : 0, read.real(PARITY, 0), clamped ? read.real("clamp") : 0, read.word("discriminator"), read.choice(
				"scores", Reduction.class), read.integer("kd"), read.integer("kg"), read.integer("criticevery"), read.real(
					"criticrate"));
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
			case PARITY -> Double.toString(parity);
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

	/** Families of adversarial losses (Gu et al. 2021, equations 5 to 8; Su et al. 2018). */
	public enum Gan {
		/** No discriminator: an autoencoder. */
		NONE("lambda=1.0 pixels=mean", ""),
		/** The (0, 0)-GAN, which makes the Jensen-Shannon divergence small: equation 6. */
		JS("lambda=10.0 pixels=sum", "scores=sum clamp=0.0"),
		/** The (alpha, beta)-GAN: equation 5. */
		BETA("lambda=10.0 pixels=sum", "alpha=0.5 beta=0.5 scores=sum clamp=0.0"),
		/**
		 * The Wasserstein GAN with gradient penalty: equation 8. The penalty settles how
		 * large scores grow, so that their mean and their sum have the same optimum; but with a
		 * sum the first slopes are so far above one that the penalty silences the critic.
		 */
		WGAN("lambda=10.0 pixels=sum", "mu=10.0 scores=mean"),
		/** Cross-entropy of a discriminator that sees the noisy image too, as pix2pix (Isola et al. 2017). */
		CONDITIONAL("lambda=100.0 pixels=mean", "scores=mean");

		/** What every family with a discriminator has: the figures of Gu et al. 2021 for Algorithm 1. */
		private static final String SHARED = "discriminator=auto kd=1 kg=2 criticevery=1 criticrate=0.001 parity=0.0 ";

		private static final String SCORES = "scores";

		private final String balance;
		private final String own;

		/**
		 * @param balance usual weight and reduction of the pixel loss, which mean something only together with the rest
		 * @param own options beside the shared ones, with their usual values
		 */
		Gan(final String balance, final String own) {
			this.balance = balance;
			this.own = own;
		}

		/** The name used in commands and cards. */
		public String label() {
			return OptionReader.label(this);
		}

		/** The options that this family has beside those of an autoencoder, with their usual values. */
		Map<String, String> options() {
			return this == NONE ? Map.of() : OptionReader.parsed(SHARED + own);
		}

		/**
		 * Turns options of one family into those of another: options common to both stay, except the reduction of scores;
		 * new ones take their defaults. An autoencoder's weight and reduction of the pixel loss mean nothing beside a
		 * discriminator, and the other way round.
		 */
		static void change(final Map<String, String> options, final Gan from, final Gan to) {
			options.put("gan", to.label());
			from.options().keySet().stream().filter(name -> !to.options().containsKey(name)).forEach(options::remove);
			to.options().forEach(options::putIfAbsent);
			if (to != NONE) options.put(SCORES, to.options().get(SCORES));
			if ((from == NONE) != (to == NONE)) options.putAll(OptionReader.parsed(to.balance));
		}

		/** All options that some family has. */
		public static List<String> allOptions() {
			return Arrays.stream(values()).flatMap(gan -> gan.options().keySet().stream()).distinct().toList();
		}

		/** The losses that have an option, such as {@code gan=js or gan=beta}. */
		static String having(final String option) {
			final List<String> families = new ArrayList<>();
			for (final Gan gan : values()) if (gan.options().containsKey(option)) families.add("gan=" + gan.label());
			return OptionReader.listed(families);
		}
	}
}
