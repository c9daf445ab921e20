package io.github.clearice.star;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.Provenance;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * All tables of a STAR file, in their order.
 *
 * @param tables the tables; of one block there may be several
 */
public record StarFile(List<StarTable> tables) {

	public StarFile {
		tables = List.copyOf(tables);
	}

	/**
	 * Reads a STAR file.
	 *
	 * @throws InputException if it cannot be read or breaks the syntax, with its line
	 */
	public static StarFile read(final Path path) {
		return read(path, null);
	}

	/** Reads a STAR file until a label comes that ends it; null reads all. */
	static StarFile read(final Path path, final String lastLabel) {
		InputFile.problem(path, "a STAR file").ifPresent(problem -> {
			throw new InputException(path + ": " + problem);
		});
		try (InputStream in = Files.newInputStream(path)) {
			return new StarFile(new StarReader(path.toString(), in, Files.size(path), new TextChunks(
				path), lastLabel).read());
		}
		catch (final IOException e) {
			throw new InputException(path + ": " + InputFile.unreadable(e), e);
		}
	}

	/** The first table of a block, if any. */
	public Optional<StarTable> table(final String name) {
		return tables.stream().filter(table -> table.name().equals(name)).findFirst();
	}

	/** These tables with one of them replaced by another. */
	public StarFile with(final StarTable old, final StarTable replacement) {
		final List<StarTable> changed = new ArrayList<>(tables);
		changed.set(changed.indexOf(old), replacement);
		return new StarFile(changed);
	}

	/**
	 * Writes all tables; the file appears when it is complete.
	 *
	 * @throws InputException if a value cannot be written as STAR
	 * @throws OutputException if the file cannot be written
	 */
	public void write(final Path target) {
		write(target, null, null, null);
	}

	/**
	 * Writes all tables with one column of one loop set anew, without a copy of it in memory.
	 *
	 * @param changed the table, or null for none
	 */
	void write(final Path target, final StarTable changed, final String column, final IntFunction<String> values) {
		try (AtomicOutput output = new AtomicOutput(target)) {
			try {
				StarWriter.write(tables, output.temporary(), changed, column, values);
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}

	/** Writes tables the way RELION lays them out; rows that were read come out byte for byte. */
	static final class StarWriter {

		private static final int BUFFER = 1 << 16;

		private StarWriter() {}

		static void write(final List<StarTable> tables, final Path file, final StarTable changed, final String column,
			final IntFunction<String> values) throws IOException
		{
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
				String block = null;
				for (final String line : Provenance.lines()) write(out, "# " + line + "\n");
				for (final StarTable table : tables) {
					// Further tables of the same block follow without a new head.
					if (!table.name().equals(block)) {
						out.write('\n');
						if (table.version() > 0) write(out, "# version " + table.version() + "\n\n");
						write(out, "data_" + table.name() + "\n");
					}
					block = table.name();
					out.write('\n');
					if (table == changed) {
						writeHead(table.has(column) ? table.columns() : Stream.concat(table.columns().stream(), Stream.of(column))
							.toList(), out);
						table.writeRows(out, column, values);
					}
					else if (table.isLoop()) {
						writeHead(table.columns(), out);
						table.writeRows(out);
					}
					else writeValues(table, out);
				}
				out.write('\n');
			}
		}

		private static void writeHead(final List<String> columns, final OutputStream out) throws IOException {
			write(out, "loop_\n");
			int number = 0;
			for (final String column : columns) write(out, "_" + column + " #" + ++number + "\n");
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
}
