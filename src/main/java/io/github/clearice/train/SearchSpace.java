package io.github.clearice.train;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Architectures;
import io.github.clearice.network.Growing;
import io.github.clearice.network.NetworkCost;
import io.github.clearice.network.NetworkException;
import io.github.clearice.task.Seeds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The settings among which a search chooses. What the user has given stays; the
 * first setting is that of the preset itself, so that a search cannot end worse
 * than without it.
 */
final class SearchSpace {

	/** Rates are drawn between the usual one over this, and times this, with equal chances on a logarithmic scale. */
	private static final double RATE_RANGE = 8;
	/** As {@link #RATE_RANGE}, for the weight of the pixel loss. */
	private static final double LAMBDA_RANGE = 10;
	/** The range of alpha and beta: below it the losses grow without bounds. */
	private static final double LEAST_EXPONENT = -0.5;
	private static final double MOST_EXPONENT = 1;
	private static final double MOST_RATE = 1;
	private static final int STREAM = 0x5ea7;
	/** Networks that cost so many times the usual one are not tried. */
	private static final double MOST_COST = 4;

	static final String NETWORK = "network";

	private final TrainingOptions base;
	private final Set<String> given;
	private final List<String> networks;

	/**
	 * @param base the options to start from
	 * @param given names of options that stay as they are
	 * @param networks to choose among; empty to keep that of the base
	 */
	SearchSpace(final TrainingOptions base, final Set<String> given, final List<String> networks) {
		this.base = base;
		this.given = Set.copyOf(given);
		this.networks = List.copyOf(networks);
	}

	/**
	 * The networks to choose among: the usual one first, and those that take the images and do not cost much more.
	 *
	 * @param usual name of the network that would be trained without a search
	 */
	static List<String> affordable(final String usual, final int box) {
		final double most = MOST_COST * NetworkCost.products(Architectures.named(usual), box);
		final List<String> names = new ArrayList<>(List.of(usual));
		for (final String name : Architectures.names()) {
			if (!name.equals(usual) && products(Architectures.named(name), box) <= most) names.add(name);
		}
		return names;
	}

	/** As {@link NetworkCost#products}; infinite where a network does not take the images, or grows, which takes longer than a round. */
	private static double products(final Architecture network, final int box) {
		try {
			return network instanceof Growing ? Double.POSITIVE_INFINITY : NetworkCost.products(network, box);
		}
		catch (final NetworkException e) {
			return Double.POSITIVE_INFINITY;
		}
	}

	/** The options that are drawn, in the order of the table's columns. */
	List<String> names() {
		return List.copyOf(draw(1).keySet());
	}

	/**
	 * One setting: all options that are drawn, by name.
	 *
	 * @param trial number of the setting, from 0
	 */
	Map<String, String> setting(final int trial) {
		final Map<String, String> setting = draw(trial);
		if (trial == 0) setting.replaceAll((name, value) -> base.toMap().get(name));
		return setting;
	}

	private Map<String, String> draw(final int trial) {
		final Map<String, String> usual = base.toMap();
		final SplittableRandom random = Seeds.random(base.seed(), STREAM, trial);
		final Map<String, String> setting = new LinkedHashMap<>();
		if (networks.size() > 1) setting.put(NETWORK, networks.get(random.nextInt(networks.size())));
		drawNear(setting, "rate", RATE_RANGE, MOST_RATE, random);
		if (usual.containsKey("criticrate")) {
			drawNear(setting, "criticrate", RATE_RANGE, MOST_RATE, random);
			// With a weight of 0 there is no pixel loss to weigh.
			if (Double.parseDouble(usual.get("lambda")) > 0) {
				drawNear(setting, "lambda", LAMBDA_RANGE, Double.POSITIVE_INFINITY, random);
			}
		}
		if (usual.containsKey("alpha")) drawExponents(setting, random);
		setting.keySet().removeAll(given);
		return setting;
	}

	private void drawNear(final Map<String, String> setting, final String name, final double range, final double most,
		final SplittableRandom random)
	{
		final double usual = Double.parseDouble(base.toMap().get(name));
		final double drawn = usual * Math.pow(range, 2 * random.nextDouble() - 1);
		// Three digits, so that a table says all there is to know of a setting.
		setting.put(name, Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.2e", Math.min(most, drawn)))));
	}

	/** Losses are robust where alpha and beta differ by less than 1 (Gu et al. 2021, section 2). */
	private static void drawExponents(final Map<String, String> setting, final SplittableRandom random) {
		double alpha, beta;
		do {
			alpha = exponent(random);
			beta = exponent(random);
		}
		while (Math.abs(alpha - beta) >= 1);
		setting.put("alpha", Double.toString(alpha));
		setting.put("beta", Double.toString(beta));
	}

	private static double exponent(final SplittableRandom random) {
		final int tenths = (int) Math.round(10 * (MOST_EXPONENT - LEAST_EXPONENT));
		return (Math.round(10 * LEAST_EXPONENT) + random.nextInt(tenths + 1)) / 10.0;
	}
}
