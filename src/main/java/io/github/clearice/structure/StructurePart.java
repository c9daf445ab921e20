package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
}
