package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chain names as users write them: {@code A,B,E-G}.
 * <p>
 * A range runs over names of one length that differ in their last character
 * only ({@code A-D}, {@code AA-AF}, {@code 1-9}); both ends must be there, names
 * between them need not. A name that is there is taken as it stands, even with a
 * hyphen in it. Upper and lower case differ.
 */
final class ChainNames {

	private final Structure structure;
	private final List<String> present;

	ChainNames(final Structure structure) {
		this.structure = structure;
		this.present = structure.chains();
	}

	/**
	 * The chains that a list names.
	 *
	 * @throws InputException for a name that the structure lacks, naming those it has
	 */
	Set<String> expand(final String list) {
		final Set<String> names = new LinkedHashSet<>();
		for (final String part : list.split(",")) {
			final String item = part.trim();
			if (!item.isEmpty()) names.addAll(expandItem(item));
		}
		return names;
	}

	private List<String> expandItem(final String item) {
		if (present.contains(item)) return List.of(item);
		final int hyphen = item.indexOf('-', 1);
		if (hyphen < 0 || hyphen == item.length() - 1) throw missing(item);
		final String first = item.substring(0, hyphen).trim();
		final String last = item.substring(hyphen + 1).trim();
		if (!present.contains(first)) throw missing(first);
		if (!present.contains(last)) throw missing(last);
		return range(first, last, item);
	}

	private List<String> range(final String first, final String last, final String item) {
		final int prefix = first.length() - 1;
		if (first.length() != last.length() || !first.regionMatches(0, last, 0, prefix) || first.charAt(prefix) > last
			.charAt(prefix)) throw new InputException("The chain range " + item + " is not one for " + structure.name() +
				": write ranges as A-D or AA-AF, other names one by one with commas. The chains are " + listed() + ".");
		final List<String> names = new ArrayList<>();
		for (char end = first.charAt(prefix); end <= last.charAt(prefix); end++) {
			final String name = first.substring(0, prefix) + end;
			if (present.contains(name)) names.add(name);
		}
		return names;
	}

	private InputException missing(final String name) {
		return new InputException(structure.name() + " has no chain " + name + ". Its chains are " + listed() + ".");
	}

	private String listed() {
		final int shown = Math.min(present.size(), 60);
		return String.join(", ", present.subList(0, shown)) + (shown < present.size() ? ", ... (" + present.size() +
			" in all)" : "");
	}
}
