package io.github.clearice.structure;

import io.github.clearice.task.TabSeparated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A chemical element, hydrogen to californium, or deuterium.
 *
 * @param symbol such as {@code Zn}; deuterium is {@code D}
 * @param atomicNumber protons, 1 to 98
 * @param massDalton standard atomic weight (IUPAC 2021, abridged)
 * @param scattering for electrons; deuterium scatters as hydrogen
 */
public record Element(String symbol, int atomicNumber, double massDalton, ScatteringFactor scattering) {

	private static final Map<String, Element> TABLE = readTable();

	/** The element of a symbol in upper, lower or mixed case, if there is one. */
	public static Optional<Element> of(final String symbol) {
		return Optional.ofNullable(TABLE.get(symbol.toUpperCase(Locale.ROOT)));
	}

	/** Whether it is hydrogen or deuterium. */
	public boolean isHydrogen() {
		return atomicNumber == 1;
	}

	private static Map<String, Element> readTable() {
		final Map<String, Element> table = new HashMap<>();
		try (InputStream stream = Element.class.getResourceAsStream("elements.tsv");
				BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)))
		{
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("#")) continue;
				final Element element = parse(TabSeparated.cells(line));
				table.put(element.symbol.toUpperCase(Locale.ROOT), element);
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The element table in this program's jar is damaged.", e);
		}
		final Element hydrogen = table.get("H");
		table.put("D", new Element("D", 1, 2.014, hydrogen.scattering));
		return table;
	}

	private static Element parse(final String[] fields) {
		final double[] a = new double[ScatteringFactor.TERMS];
		final double[] b = new double[ScatteringFactor.TERMS];
		for (int i = 0; i < ScatteringFactor.TERMS; i++) {
			a[i] = Double.parseDouble(fields[3 + i]);
			b[i] = Double.parseDouble(fields[3 + ScatteringFactor.TERMS + i]);
		}
		return new Element(fields[1], Integer.parseInt(fields[0]), Double.parseDouble(fields[2]), new ScatteringFactor(a,
			b));
	}

	/**
	 * Deduces an element where a file does not say it.
	 * <p>
	 * The PDB format puts the element's symbol right-justified into the first two of
	 * the four columns of an atom's name: {@code " CA "} is a carbon, {@code "CA  "}
	 * calcium. Names of four characters, as of hydrogens ({@code HG11}), break that
	 * rule; so do programs that write all names from the first column, which is why
	 * in a standard residue the first letter alone decides.
	 */
	static final class Guess {

		/** Symbols of two letters that four-character names of ligands do begin with. */
		private static final Set<String> IN_LONG_NAMES = Set.of("CL", "BR", "FE", "ZN", "MG", "MN", "SE", "SI");

		private Guess() {}

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
}
