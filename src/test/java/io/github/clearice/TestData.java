package io.github.clearice;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the real structures, maps and stacks that some tests compare with.
 * They lie outside the project, in the folder named by the system property
 * {@code clearice.data}; tests that need them skip, and say so, without it.
 */
public final class TestData {

	private TestData() {}

	/** The file, or a skipped test where the data folder is absent. */
	public static Path file(final String name) {
		final Path folder = Path.of(System.getProperty("clearice.data", "../shared/data"));
		assumeTrue(Files.isDirectory(folder), "Skipped: no test data folder at " + folder.toAbsolutePath() +
			"; name one with -Dclearice.data=FOLDER");
		final Path file = folder.resolve(name);
		assumeTrue(Files.exists(file), "Skipped: the test data folder has no " + name);
		return file;
	}
}
