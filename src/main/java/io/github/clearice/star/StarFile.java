package io.github.clearice.star;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
			return new StarFile(new StarReader(path.toString(), in, Files.size(path), lastLabel).read());
		}
		catch (final IOException e) {
			throw new InputException(path + ": " + InputFile.unreadable(e), e);
		}
	}

	/** The first table of a block, where there is one. */
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
		try (AtomicOutput output = new AtomicOutput(target)) {
			try {
				StarWriter.write(tables, output.temporary());
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}
}
