package io.github.clearice.command;

import io.github.clearice.task.OutputException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for files that nobody shall see, deleted with all that is in it when closed. */
final class TemporaryFolder implements AutoCloseable {

	private final Path path;

	/** @throws OutputException if it cannot be made */
	TemporaryFolder() {
		try {
			path = Files.createTempDirectory("clearice-images-");
		}
		catch (final IOException e) {
			throw OutputException.of(Path.of(System.getProperty("java.io.tmpdir")), e);
		}
	}

	Path resolve(final String name) {
		return path.resolve(name);
	}

	/** A text with the names of files in here without the folder. */
	String strippedFrom(final String text) {
		return text.replace(path + File.separator, "");
	}

	@Override
	public void close() {
		try (Stream<Path> left = Files.walk(path)) {
			for (final Path file : left.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			throw OutputException.of(path, e);
		}
	}
}
