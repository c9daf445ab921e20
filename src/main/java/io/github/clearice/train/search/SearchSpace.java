package io.github.clearice.train.search;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.NetworkCost;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The settings among which a search chooses. Options that the user has given stay fixed; the first setting is that of
 * the preset itself, so that a search cannot end worse than without it.
 */
final class SearchSpace {

	/** Rates are drawn between the usual one over this, and times this, with equal chances on a logarithmic scale. */
	private static final double RATE_RANGE = 8;
	/** As {@link #RATE_RANGE}, for the weight of the pixel loss. */
	private static final double LAMBDA_RANGE = 10;
	/** The range of alpha and beta: below it the losses grow without bounds. */
	private static final double LEAST_EXPONENT = -0.5;
	private static final double MOST_EXPONENT = 1;
	private static final double LARGEST_DIFFERENCE = 0.9;
	private static final double MOST_RATE = 10;
	private static final int STREAM = 0x5ea7;
	/** Networks that cost so many times the usual one are not tried. */
	private static final double MOST_COST = 4;

	static final String NETWORK = "network";
	private static final String RATE = "rate";
	private static final String CRITIC_RATE = "criticrate";
	private static final String LAMBDA = "lambda";
	private static final String ALPHA = "alpha";
	private static final String BETA = "beta";

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

	/**
	 * As {@link NetworkCost#products}; infinite where a network does not take the images, or grows, which takes longer
	 * than a round.
	 */
	private static double products(final Architecture network, final int box) {
		try {
			return network instanceof GrowingNetwork ? Double.POSITIVE_INFINITY : NetworkCost.products(network, box);
		}
		catch (final NetworkException e) {
			return Double.POSITIVE_INFINITY;
		}
	}

	/** The options that are drawn, in the order of the table's columns. */
	List<String> names() {
		final Map<String, String> usual = base.toMap();
		final List<String> names = new ArrayList<>();
		if (networks.size() > 1) names.add(NETWORK);
		names.add(RATE);
		if (usual.containsKey(CRITIC_RATE)) names.add(CRITIC_RATE);
		// With a weight of 0 there is no pixel loss to weigh; without a discriminator, nothing to weigh it against.
		if (usual.containsKey(CRITIC_RATE) && Double.parseDouble(usual.get(LAMBDA)) > 0) names.add(LAMBDA);
		if (usual.containsKey(ALPHA)) names.addAll(List.of(ALPHA, BETA));
		names.removeAll(given);
		return names;
	}

	/**
	 * One setting: all options that are drawn, by name. Settings are spread more
	 * evenly than chance would, along an additive recurrence whose steps are powers
	 * of a generalised golden ratio (Roberts 2018, "The unreasonable effectiveness of
	 * quasirandom sequences"), from a place that depends on the seed.
	 *
	 * @param trial number of the setting, from 0
	 */
	Map<String, String> setting(final int trial) {
		final Map<String, String> usual = base.toMap();
		final List<String> names = names();
		final SplittableRandom places = Seeds.random(base.seed(), STREAM);
		final double ratio = ratio(names.size());
		final Map<String, String> setting = new LinkedHashMap<>();
		double step = 1;
		for (final String name : names) {
			step /= ratio;
			final double share = (places.nextDouble() + trial * step) % 1;
			setting.put(name, trial == 0 ? usual.get(name) : value(name, share, setting.getOrDefault(ALPHA, usual.get(
				ALPHA))));
		}
		return setting;
	}

	/** The root of {@code x^(dimensions + 1) = x + 1}: the golden ratio for one dimension. */
	private static double ratio(final int dimensions) {
		double root = 2;
		for (int i = 0; i < 100; i++) root = Math.pow(root + 1, 1.0 / (dimensions + 1));
		return root;
	}

	/** @param share of the option's range, at least 0 and below 1 */
	private String value(final String name, final double share, final String alpha) {
		final double usual = name.equals(NETWORK) ? Double.NaN : Double.parseDouble(base.toMap().get(name));
		return switch (name) {
			case NETWORK -> networks.get((int) (share * networks.size()));
			case LAMBDA -> near(usual, LAMBDA_RANGE, share);
			case ALPHA -> between(LEAST_EXPONENT, MOST_EXPONENT, share);
			// Losses are robust where alpha and beta differ by less than 1 (Gu et al. 2021, section 2).
			case BETA -> between(Math.max(LEAST_EXPONENT, Double.parseDouble(alpha) - LARGEST_DIFFERENCE), Math.min(
				MOST_EXPONENT, Double.parseDouble(alpha) + LARGEST_DIFFERENCE), share);
			default -> near(usual, Math.min(RATE_RANGE, MOST_RATE / usual), share);
		};
	}

	/** On a logarithmic scale; three digits, so that a table says all there is to know of a setting. */
	private static String near(final double usual, final double range, final double share) {
		return Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.2e", usual * Math.pow(range, 2 * share -
			1))));
	}

	/** A number between two limits, in steps of a tenth. */
	private static String between(final double least, final double most, final double share) {
		final long first = Math.round(10 * least);
		return Double.toString((first + (long) (share * (Math.round(10 * most) - first + 1))) / 10.0);
	}
}
