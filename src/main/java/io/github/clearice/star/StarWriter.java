package io.github.clearice.star;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes tables the way RELION lays them out. */
final class StarWriter {

	private StarWriter() {}

	static void write(final List<StarTable> tables, final Path file) throws IOException {
		try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
			String block = null;
			for (final StarTable table : tables) {
				// Further tables of the same block follow without a new head.
				if (!table.name().equals(block)) {
					out.write('\n');
					if (table.version() > 0) out.write("# version " + table.version() + "\n\n");
					out.write("data_" + table.name() + "\n");
				}
				block = table.name();
				out.write('\n');
				if (table.isLoop()) writeLoop(table, out);
				else writeValues(table, out);
			}
			out.write('\n');
		}
	}

	private static void writeLoop(final StarTable table, final Writer out) throws IOException {
		out.write("loop_\n");
		int number = 0;
		for (final String column : table.columns()) out.write("_" + column + " #" + ++number + "\n");
		for (int row = 0; row < table.rows(); row++) {
			String separator = "";
			for (final String value : table.row(row)) {
				out.write(separator);
				out.write(quoted(value));
				separator = "\t";
			}
			out.write('\n');
		}
	}

	private static void writeValues(final StarTable table, final Writer out) throws IOException {
		for (final String column : table.columns()) {
			out.write("_" + column + "\t" + quoted(table.get(0, column)) + "\n");
		}
	}

	/** The value in quotes where it would be read as something else without. */
	static String quoted(final String value) {
		if (isPlain(value)) return value;
		for (final char quote : new char[] { '"', '\'' }) if (canEnclose(value, quote)) return quote + value + quote;
		throw new StarException("The value " + value +
			" holds both kinds of quotes and cannot be written to a STAR file. Leave one kind out.");
	}

	private static boolean isPlain(final String value) {
		if (value.isEmpty() || "#_\"';".indexOf(value.charAt(0)) >= 0) return false;
		for (int i = 0; i < value.length(); i++) if (value.charAt(i) <= ' ') return false;
		final String lower = value.toLowerCase(Locale.ROOT);
		return !lower.startsWith("data_") && !lower.equals("loop_");
	}

	// A quote ends a text only where white space follows it.
	private static boolean canEnclose(final String value, final char quote) {
		for (int i = value.indexOf(quote); i >= 0; i = value.indexOf(quote, i + 1)) {
			if (i + 1 == value.length() || value.charAt(i + 1) <= ' ') return false;
		}
		return true;
	}
}
