package io.github.clearice.train.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
	 * large scores grow, so that their mean asks for the same as their sum; but with a
	 * sum the first slopes are so far above one that the penalty silences the critic.
	 */
	WGAN("lambda=10.0 pixels=sum", "mu=10.0 scores=mean"),
	/** Cross-entropy of a discriminator that sees the noisy image too, as pix2pix (Isola et al. 2017). */
	CONDITIONAL("lambda=100.0 pixels=mean", "scores=mean");

	/** What every family with a discriminator has: the figures of Gu et al. 2021 for Algorithm 1. */
	private static final String SHARED = "discriminator=auto kd=1 kg=2 criticevery=1 criticrate=0.001 ";

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
	 * Turns options of one family into those of another: what both have stays, but
	 * for the reduction of scores; what is new takes its usual value. An
	 * autoencoder's weight and reduction of the pixel loss mean nothing beside a
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

	/** Such as {@code gan=js or gan=beta}: who has an option. */
	static String having(final String option) {
		final List<String> families = new ArrayList<>();
		for (final Gan gan : values()) if (gan.options().containsKey(option)) families.add("gan=" + gan.label());
		return OptionReader.listed(families);
	}
}
