package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which atoms of a structure to take: chains or stretches of them, without some classes of atoms.
 * <p>
 * Classes are {@code water}, {@code hydrogen} (deuterium too), {@code ligand}
 * (ions, cofactors, lipids, sugars), {@code protein}, {@code nucleic}; see
 * {@link ResidueClass}. {@code chain:E-G} leaves out chains,
 * {@code chain:A:810-1070} residues of one.
 *
 * @param chains a list such as {@code A,B,E-G} or {@code A:1-346,B}, or empty for all chains
 * @param exclude classes and chains to leave out, such as
 *          {@code water,ligand,chain:F}, or empty for none
 */
public record AtomSelection(String chains, String exclude) {

	/** Every atom. */
	public static final AtomSelection ALL = new AtomSelection("", "");

	private static final String CHAIN = "chain:";
	private static final String HYDROGEN = "hydrogen";

	/** @throws InputException if {@code exclude} has an unknown word */
	public AtomSelection {
		chains = chains == null ? "" : chains.trim();
		exclude = exclude == null ? "" : exclude.trim();
		for (final String word : words(exclude)) residueClass(word);
	}

	/**
	 * The part of a structure that is selected, in the same order.
	 *
	 * @throws InputException if a chain is unknown, or no atom is left
	 */
	public Structure of(final Structure structure) {
		Predicate<Atom> wanted = chains.isEmpty() ? atom -> true : new StructurePart(structure, chains);
		final Set<ResidueClass> leftOut = new HashSet<>();
		boolean withoutHydrogen = false;
		for (final String word : words(exclude)) {
			if (word.startsWith(CHAIN)) wanted = wanted.and(new StructurePart(structure, word.substring(CHAIN
				.length())).negate());
			else if (HYDROGEN.equals(word.toLowerCase(Locale.ROOT))) withoutHydrogen = true;
			else leftOut.add(residueClass(word));
		}
		final List<Atom> kept = new ArrayList<>();
		for (final Atom atom : structure.atoms()) {
			if (wanted.test(atom) && !leftOut.contains(atom.residueClass()) && !(withoutHydrogen && atom
				.element().isHydrogen())) kept.add(atom);
		}
		if (kept.isEmpty()) throw new InputException("No atom of " + structure.name() + " is left with chains=" +
			chains + " exclude=" + exclude + ". Select more chains or exclude less.");
		return structure.withAtoms(kept);
	}

	private static List<String> words(final String exclude) {
		final List<String> words = new ArrayList<>();
		for (final String part : exclude.split(",")) if (!part.isBlank()) words.add(part.trim());
		return words;
	}

	/** The class that a word names; null for hydrogen and for chains. */
	private static ResidueClass residueClass(final String word) {
		if (word.startsWith(CHAIN)) return null;
		switch (word.toLowerCase(Locale.ROOT)) {
			case HYDROGEN:
				return null;
			case "water":
				return ResidueClass.WATER;
			case "ligand":
				return ResidueClass.LIGAND;
			case "protein":
				return ResidueClass.PROTEIN;
			case "nucleic":
				return ResidueClass.NUCLEIC;
			default:
				throw new InputException("Cannot exclude '" + word +
					"': the classes are water, hydrogen, ligand, protein, nucleic, and chain:NAME for chains.");
		}
	}
}
