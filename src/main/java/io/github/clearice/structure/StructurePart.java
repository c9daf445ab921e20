package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which atoms of a structure belong to chains or stretches of chains, as users write them: {@code A,E-G} or
 * {@code A:1-346,A:1395-1435,B:1151-1224}, the numbers being the authors' residue numbers, both ends taken.
 */
final class StructurePart implements Predicate<Atom> {

	private static final Pattern STRETCH = Pattern.compile("(.+):\\s*(-?\\d{1,9})\\s*(?:-\\s*(-?\\d{1,9})\\s*)?");

	/** The first and the last residue number of a stretch. */
	private record Stretch(int first, int last) {

		private static final Stretch WHOLE = new Stretch(Integer.MIN_VALUE, Integer.MAX_VALUE);

		boolean contains(final int residueNumber) {
			return residueNumber >= first && residueNumber <= last;
		}
	}

	private final Map<String, List<Stretch>> stretches = new HashMap<>();

	/**
	 * @param list chains ({@link ChainNames}), each alone or with {@code :FIRST-LAST} or {@code :NUMBER}, joined by
	 * commas
	 * @throws InputException if the structure has no such chain or no such residue
	 */
	StructurePart(final Structure structure, final String list) {
		final ChainNames names = new ChainNames(structure);
		for (final String part : list.split(",")) {
			final String item = part.trim();
			final Matcher stretch = STRETCH.matcher(item);
			if (structure.chains().contains(item) || !stretch.matches()) add(names.expand(item), Stretch.WHOLE);
			else {
				final List<String> chains = List.copyOf(names.expand(stretch.group(1)));
				final Stretch residues = stretch(item, stretch.group(2), stretch.group(3));
				for (final String chain : chains) requireResidue(structure, chain, residues, item);
				add(chains, residues);
			}
		}
	}

	@Override
	public boolean test(final Atom atom) {
		for (final Stretch stretch : stretches.getOrDefault(atom.chain(), List.of())) {
			if (stretch.contains(atom.residueNumber())) return true;
		}
		return false;
	}

	private void add(final Iterable<String> chains, final Stretch stretch) {
		for (final String chain : chains) stretches.computeIfAbsent(chain, name -> new ArrayList<>()).add(stretch);
	}

	private static Stretch stretch(final String item, final String first, final String last) {
		final int begin = Integer.parseInt(first), end = last == null ? begin : Integer.parseInt(last);
		if (begin <= end) return new Stretch(begin, end);
		throw new InputException("The residues " + item +
			" are not a range. Write the smaller number first, as in A:810-1070.");
	}

	private static void requireResidue(final Structure structure, final String chain, final Stretch stretch,
		final String item)
	{
		int smallest = Integer.MAX_VALUE, largest = Integer.MIN_VALUE;
		for (final Atom atom : structure.atoms()) if (atom.chain().equals(chain)) {
			if (stretch.contains(atom.residueNumber())) return;
			smallest = Math.min(smallest, atom.residueNumber());
			largest = Math.max(largest, atom.residueNumber());
		}
		throw new InputException(structure.name() + " has no residue of " + item + ": chain " + chain + " runs from " +
			smallest + " to " + largest + ". Give numbers that are there.");
	}

	/**
	 * Chain names as users write them: {@code A,B,E-G}.
	 * <p>
	 * A range runs over names of one length that differ in their last character
	 * only ({@code A-D}, {@code AA-AF}, {@code 1-9}); both ends must be there, names
	 * between them need not. An existing name is taken unchanged, even with a
	 * hyphen in it. Upper and lower case differ.
	 */
	private static final class ChainNames {

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
}
