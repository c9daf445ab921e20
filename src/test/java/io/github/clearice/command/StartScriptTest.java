package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.task.InputFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts the launcher on Unix. */
class StartScriptTest {

	private static final Path SCRIPT = Path.of("src/assembly/bin/clearice").toAbsolutePath();

	@TempDir
	Path folder;

	/** {@code LC_ALL=C locale charmap} is ANSI_X3.4-1968, with which Java 17 and 25 refuse every name beyond ASCII. */
	@ParameterizedTest
	@CsvSource({ "LC_ALL, C", "LC_ALL, POSIX", "LANG, C", "LC_ALL, no_LOCALE" })
	void javaCanNameAllFilesInTheLocaleOfBatchJobs(final String variable, final String locale) throws Exception {
		assumeTrue(run("sh", "-c", "locale -a").toLowerCase(Locale.ROOT).contains("utf"), "Skipped: no UTF-8 locale here");
		final Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\nlocale charmap\n");
		assertTrue(java.toFile().setExecutable(true));
		assertEquals("UTF-8", run("env", "-i", "PATH=" + System.getenv("PATH"), "JAVA_HOME=" + folder, variable + "=" +
			locale, "sh", SCRIPT.toString()).strip());
	}

	@Test
	void theMessageSaysWhatToDo() {
		final String message = InputFile.invalid(new InvalidPathException("ü.mrcs", "unmappable"));
		assertTrue(message.startsWith("\"ü.mrcs\" cannot name a file") && message.matches(
			".*(Rename the file|Set LC_ALL=C.UTF-8 before Java starts).*"), message);
	}

	private static String run(final String... words) throws IOException, InterruptedException {
		final Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
		final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return text;
	}
}
