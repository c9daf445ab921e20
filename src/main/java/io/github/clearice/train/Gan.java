package io.github.clearice.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Families of adversarial losses (Gu et al. 2021, equations 5 to 8; Su et al. 2018). */
public enum Gan {
	/** No discriminator: an autoencoder. */
	NONE,
	/** The (0, 0)-GAN, which makes the Jensen-Shannon divergence small: equation 6. */
	JS(Map.of("clamp", "0.0")),
	/** The (alpha, beta)-GAN: equation 5. */
	BETA(Map.of("alpha", "0.5", "beta", "0.5", "clamp", "0.0")),
	/** The Wasserstein GAN with gradient penalty: equation 8. */
	WGAN(Map.of("mu", "10.0")),
	/** Cross-entropy of a discriminator that sees the noisy image too, as pix2pix (Isola et al. 2017). */
	CONDITIONAL(Map.of());

	/** What every family has, with its usual value: the figures of Gu et al. 2021 for Algorithm 1. */
	private static final Map<String, String> SHARED = shared();
	private static final String LAMBDA = "lambda";

	private final Map<String, String> own;

	Gan() {
		own = null;
	}

	Gan(final Map<String, String> own) {
		this.own = own;
	}

	/** The name used in commands and cards. */
	public String label() {
		return OptionReader.label(this);
	}

	/** The options that this family has beside those of an autoencoder, with their usual values. */
	Map<String, String> options() {
		final Map<String, String> options = new LinkedHashMap<>();
		if (own == null) return options;
		options.putAll(SHARED);
		options.putAll(own);
		return options;
	}

	/** The weight of the pixel loss unless something else is said. */
	private String usualLambda() {
		if (this == NONE) return "1.0";
		return this == CONDITIONAL ? "100.0" : "10.0";
	}

	/**
	 * Turns options of one family into those of another: what both have stays, what
	 * is new takes its usual value. An autoencoder's lambda means nothing to others.
	 */
	static void change(final Map<String, String> options, final Gan from, final Gan to) {
		options.put("gan", to.label());
		from.options().keySet().stream().filter(name -> !to.options().containsKey(name)).forEach(options::remove);
		to.options().forEach(options::putIfAbsent);
		if ((from == NONE) != (to == NONE)) options.put(LAMBDA, to.usualLambda());
	}

	/** All options that some family has. */
	static List<String> allOptions() {
		return Arrays.stream(values()).flatMap(gan -> gan.options().keySet().stream()).distinct().toList();
	}

	/** Such as {@code gan=js or gan=beta}: who has an option. */
	static String having(final String option) {
		final List<String> families = new ArrayList<>();
		for (final Gan gan : values()) if (gan.options().containsKey(option)) families.add("gan=" + gan.label());
		return OptionReader.listed(families);
	}

	private static Map<String, String> shared() {
		final Map<String, String> shared = new LinkedHashMap<>();
		shared.put("discriminator", Adversary.AUTO);
		shared.put("scores", Reduction.MEAN.label());
		shared.put("kd", "1");
		shared.put("kg", "2");
		shared.put("criticevery", "1");
		shared.put("criticrate", "0.001");
		return shared;
	}
}
