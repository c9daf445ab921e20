package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** RELION's programs, where they are installed (Debian's package relion, 3.1.3), run on our files. */
final class Relion {

	private Relion() {}

	/** Skips the test where one of the programs is missing. */
	static void assumeInstalled(final String... programs) {
		for (final String program : programs)
			assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path
				.of(folder, program))), "RELION is not installed");
	}

	/** Runs a program in a folder; it must end well. */
	static void run(final Path folder, final String... command) throws IOException, InterruptedException {
		final Path log = folder.resolve("relion.log");
		final Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
			.redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(20, TimeUnit.MINUTES), "RELION takes too long");
		assertEquals(0, process.exitValue(), () -> String.join(" ", command) + "\n" + read(log));
	}

	private static String read(final Path log) {
		try {
			return Files.readString(log, StandardCharsets.ISO_8859_1);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}
}
