package io.github.clearice.star;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes tables the way RELION lays them out; rows that were read come out byte for byte. */
final class StarWriter {

	private static final int BUFFER = 1 << 16;

	private StarWriter() {}

	static void write(final List<StarTable> tables, final Path file) throws IOException {
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
			String block = null;
			for (final StarTable table : tables) {
				// Further tables of the same block follow without a new head.
				if (!table.name().equals(block)) {
					out.write('\n');
					if (table.version() > 0) write(out, "# version " + table.version() + "\n\n");
					write(out, "data_" + table.name() + "\n");
				}
				block = table.name();
				out.write('\n');
				if (table.isLoop()) writeLoop(table, out);
				else writeValues(table, out);
			}
			out.write('\n');
		}
	}

	private static void writeLoop(final StarTable table, final OutputStream out) throws IOException {
		write(out, "loop_\n");
		int number = 0;
		for (final String column : table.columns()) write(out, "_" + column + " #" + ++number + "\n");
		table.writeRows(out);
	}

	private static void writeValues(final StarTable table, final OutputStream out) throws IOException {
		if (table.rows() == 0) return;
		final List<String> values = table.row(0);
		for (int i = 0; i < values.size(); i++) {
			write(out, "_" + table.columns().get(i) + "\t" + StarText.quoted(values.get(i)) + "\n");
		}
	}

	private static void write(final OutputStream out, final String text) throws IOException {
		out.write(StarText.encode(text));
	}
}
