package io.github.clearice.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads small text files, and writes them whole or not at all. */
public final class TextFile {

	private TextFile() {}

	/**
	 * The lines of a file in UTF-8.
	 *
	 * @throws ParameterException if it cannot be read
	 */
	public static List<String> lines(final Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (final IOException e) {
			throw new ParameterException(file + " " + InputFile.unreadable(e), e);
		}
	}

	/**
	 * Writes a file in UTF-8; it appears under its name only when complete.
	 *
	 * @throws OutputException if it cannot be written
	 */
	public static void write(final Path target, final String text) {
		try (AtomicOutput output = new AtomicOutput(target)) {
			try {
				Files.writeString(output.temporary(), text, StandardCharsets.UTF_8);
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}
}
