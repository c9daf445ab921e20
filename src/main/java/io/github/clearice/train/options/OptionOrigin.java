package io.github.clearice.train.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where training options come from.
 *
 * @param preset the set they started from
 * @param overridden names of the options that were then given another value, in alphabetical order
 */
public record OptionOrigin(String preset, List<String> overridden) {

	static final String PRESET = "preset";
	static final String OVERRIDDEN = "overridden";

	public OptionOrigin {
		overridden = List.copyOf(overridden);
	}

	/** Reads what {@link #addTo} writes. */
	static OptionOrigin of(final OptionReader read) {
		final String names = read.word(OVERRIDDEN);
		return new OptionOrigin(read.word(PRESET), names.isEmpty() ? List.of() : List.of(names.split(" ")));
	}

	/** Adds the preset and the overridden names to a map. */
	void addTo(final Map<String, String> map) {
		map.put(PRESET, preset);
		map.put(OVERRIDDEN, String.join(" ", overridden));
	}

	/** This origin with more options overridden. */
	OptionOrigin and(final Collection<String> names) {
		final List<String> all = new ArrayList<>(overridden);
		all.addAll(names);
		return new OptionOrigin(preset, all.stream().distinct().sorted().toList());
	}
}
