package io.github.clearice.task;

import java.io.IOException;
import java.io.Writer;
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
		write(target, out -> out.write(text));
	}

	/** What is written into a file, which may be too long for memory. */
	@FunctionalInterface
	public interface Content {

		void write(Writer out) throws IOException;
	}

	/**
	 * Writes a file in UTF-8 piece by piece; it appears under its name only when complete.
	 *
	 * @throws OutputException if it cannot be written
	 */
	public static void write(final Path target, final Content content) {
		try (AtomicOutput output = new AtomicOutput(target)) {
			try (Writer out = Files.newBufferedWriter(output.temporary(), StandardCharsets.UTF_8)) {
				content.write(out);
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}
}
