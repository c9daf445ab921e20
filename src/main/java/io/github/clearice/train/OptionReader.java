package io.github.clearice.train;

import java.util.Map;
import java.util.function.Function;

/** Reads typed values from named words. */
final class OptionReader {

	private final Map<String, String> words;

	OptionReader(final Map<String, String> words) {
		this.words = words;
	}

	String word(final String name) {
		final String word = words.get(name);
		if (word == null) throw new TrainingException("Training option " + name +
			" is missing. The model file is damaged; get a fresh copy.");
		return word;
	}

	int integer(final String name) {
		return number(name, "a whole number", Integer::valueOf);
	}

	long whole(final String name) {
		return number(name, "a whole number", Long::valueOf);
	}

	double real(final String name) {
		return number(name, "a number", Double::valueOf);
	}

	boolean flag(final String name) {
		final String word = word(name);
		if (!word.equals("true") && !word.equals("false")) throw new TrainingException("Option " + name +
			" must be true or false, not " + word + ".");
		return word.equals("true");
	}

	private <N> N number(final String name, final String kind, final Function<String, N> parser) {
		final String word = word(name);
		try {
			return parser.apply(word);
		}
		catch (final NumberFormatException e) {
			throw new TrainingException("Option " + name + " must be " + kind + ", not " + word + ".", e);
		}
	}
}
