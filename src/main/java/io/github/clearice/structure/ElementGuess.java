package io.github.clearice.structure;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Deduces an element where a file does not say it.
 * <p>
 * The PDB format puts the element's symbol right-justified into the first two of
 * the four columns of an atom's name: {@code " CA "} is a carbon, {@code "CA  "}
 * calcium. Names of four characters, as of hydrogens ({@code HG11}), break that
 * rule; so do programs that write all names from the first column, which is why
 * in a standard residue the first letter alone decides.
 */
final class ElementGuess {

	/** Symbols of two letters that four-character names of ligands do begin with. */
	private static final Set<String> IN_LONG_NAMES = Set.of("CL", "BR", "FE", "ZN", "MG", "MN", "SE", "SI");

	private ElementGuess() {}

	/**
	 * From the four columns of a PDB name.
	 *
	 * @param columns four characters
	 * @param residueName the residue's name
	 */
	static Optional<Element> fromColumns(final String columns, final String residueName) {
		final String name = columns.trim();
		if (name.isEmpty()) return Optional.empty();
		if (ResidueClass.isStandardPolymer(residueName)) return fromFirstLetter(name);
		final char first = columns.charAt(0);
		if (!Character.isLetter(first)) return fromFirstLetter(name);
		final String two = columns.substring(0, 2).toUpperCase(Locale.ROOT);
		if (name.length() == 4) {
			if (first == 'H' || first == 'D' || !IN_LONG_NAMES.contains(two)) return fromFirstLetter(name);
		}
		final Optional<Element> symbol = Element.of(two.trim());
		return symbol.isPresent() ? symbol : fromFirstLetter(name);
	}

	/** From a name whose columns are lost, as in mmCIF. */
	static Optional<Element> fromName(final String name, final String residueName) {
		final String upper = name.toUpperCase(Locale.ROOT);
		final boolean ion = upper.equals(residueName.toUpperCase(Locale.ROOT)) && Element.of(upper).isPresent();
		return ion ? Element.of(upper) : fromColumns(upper.length() < 4 ? String.format("%-4s", " " + upper) : upper,
			residueName);
	}

	private static Optional<Element> fromFirstLetter(final String name) {
		for (int i = 0; i < name.length(); i++) {
			if (Character.isLetter(name.charAt(i))) return Element.of(name.substring(i, i + 1));
		}
		return Optional.empty();
	}
}
