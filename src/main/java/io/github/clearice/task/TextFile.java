package io.github.clearice.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small text files whole or not at all. */
public final class TextFile {

	private TextFile() {}

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
