package io.github.clearice.star;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
	 * @throws StarException if it cannot be read or breaks the syntax, with its line
	 */
	public static StarFile read(final Path path) {
		requireRegular(path);
		try (InputStream in = Files.newInputStream(path)) {
			return new StarFile(new StarReader(path.toString(), in).read());
		}
		catch (final IOException e) {
			throw unreadable(path, e);
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
	 * @throws StarException if a value cannot be written as STAR
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

	// A pipe would let the reader wait for ever.
	private static void requireRegular(final Path path) {
		try {
			final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			if (attributes.isDirectory()) throw new StarException(path + ": is a folder. Name a STAR file.");
			if (!attributes.isRegularFile()) throw new StarException(path +
				": is a pipe or device, not a file. Copy its contents to a file first.");
		}
		catch (final NoSuchFileException e) {
			throw new StarException(path + (Files.isSymbolicLink(path)
				? ": is a link to a file that does not exist. Restore its target."
				: ": there is no such file. Check the path."), e);
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	private static StarException unreadable(final Path path, final IOException e) {
		return new StarException(path + ": cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() +
			"). Check its permissions and the disk.", e);
	}
}
