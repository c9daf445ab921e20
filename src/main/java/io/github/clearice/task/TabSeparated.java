package io.github.clearice.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the lines of tables of tab-separated values, which other programs read, and takes them apart. */
public final class TabSeparated {

	private static final Pattern BREAKS = Pattern.compile("[\t\r\n]");

	private TabSeparated() {}

	/**
	 * A line with its end, the same on every platform. Tabs and ends of lines within a cell become spaces.
	 *
	 * @param cells of any kind; a collection stands for as many cells as it has members
	 */
	public static String line(final Object... cells) {
		final List<String> texts = new ArrayList<>();
		for (final Object cell : cells) {
			if (cell instanceof Collection<?> several) several.forEach(one -> texts.add(text(one)));
			else texts.add(text(cell));
		}
		return String.join("\t", texts) + "\n";
	}

	/** The cells of a line without its end; empty ones count. */
	public static String[] cells(final String line) {
		return line.split("\t", -1);
	}

	/** A cell with so many decimals and a point; {@code NaN} and {@code Infinity} by these names. */
	public static String decimals(final double value, final int count) {
		return String.format(Locale.ROOT, "%." + count + "f", value);
	}

	/** As {@link #decimals(double, int)}, for several cells. */
	public static List<String> decimals(final int count, final double... values) {
		return Arrays.stream(values).mapToObj(value -> decimals(value, count)).toList();
	}

	private static String text(final Object cell) {
		return BREAKS.matcher(String.valueOf(cell)).replaceAll(" ");
	}
}
