package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads typed values from named words. */
public final class OptionReader {

	private final Map<String, String> words;

	public OptionReader(final Map<String, String> words) {
		this.words = words;
	}

	String word(final String name) {
		final String word = words.get(name);
		if (word == null) throw new ParameterException("Training option " + name +
			" is missing. The model file is damaged; get a fresh copy.");
		return word;
	}

	public int integer(final String name) {
		return number(name, "a whole number", Integer::valueOf);
	}

	public long whole(final String name) {
		return number(name, "a whole number", Long::valueOf);
	}

	public double real(final String name) {
		return number(name, "a number", Double::valueOf);
	}

	/** A number that models of earlier builds do not state. */
	double real(final String name, final double otherwise) {
		return words.containsKey(name) ? real(name) : otherwise;
	}

	boolean flag(final String name) {
		final String word = word(name);
		if (!word.equals("true") && !word.equals("false")) throw new ParameterException("Option " + name +
			" must be true or false, not " + word + ".");
		return word.equals("true");
	}

	/** One of a few words, which are the {@link #label} of the constants. */
	<E extends Enum<E>> E choice(final String name, final Class<E> type) {
		final String word = word(name);
		for (final E constant : type.getEnumConstants()) if (label(constant).equals(word)) return constant;
		throw new ParameterException("Option " + name + " must be " + listed(Arrays.stream(type.getEnumConstants()).map(
			OptionReader::label).toList()) + ", not " + word + ".");
	}

	/** How commands and cards write a constant: {@code PUBLISHED_CODE} is {@code published-code}. */
	static String label(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Names and values of {@code name=value name=value}, in this order. */
	static Map<String, String> parsed(final String settings) {
		final Map<String, String> map = new LinkedHashMap<>();
		for (final String setting : settings.split(" ")) {
			final int equals = setting.indexOf('=');
			map.put(setting.substring(0, equals), setting.substring(equals + 1));
		}
		return map;
	}

	/** A list such as {@code a, b or c}. */
	static String listed(final List<String> words) {
		final int last = words.size() - 1;
		return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
	}

	private <N> N number(final String name, final String kind, final Function<String, N> parser) {
		final String word = word(name);
		try {
			return parser.apply(word);
		}
		catch (final NumberFormatException e) {
			throw new ParameterException("Option " + name + " must be " + kind + ", not " + word + ".", e);
		}
	}
}
