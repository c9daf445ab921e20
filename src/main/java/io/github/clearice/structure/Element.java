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
}
