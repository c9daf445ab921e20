package io.github.clearice.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Explains why a process ended without reporting it, from its exit code and the crash log of Java. */
final class ExitDiagnosis {

	/** Name of the crash log that Java writes into the scratch folder. */
	static final String CRASH_LOG = "crash.log";

	/** Java reports a process that was ended by a signal with exit code 128 + signal, as shells do. */
	private static final int SIGNAL = 128;
	private static final int KILLED = 9;
	private static final int TERMINATED = 15;

	private ExitDiagnosis() {}

	/**
	 * @param exitCode of the process
	 * @param scratch folder of its crash log, if there is one
	 * @param lastLine it wrote to standard error; empty where there is none
	 * @return one sentence that ends with a full stop
	 */
	static String describe(final int exitCode, final Path scratch, final String lastLine) {
		final Path log = scratch.resolve(CRASH_LOG);
		if (Files.exists(log)) return "crashed in native code" + keep(log) + ".";
		return cause(exitCode) + (lastLine.isEmpty() ? "" : "; its last words: " + lastLine.replaceFirst("[.\\s]+$", "")) +
			".";
	}

	private static String cause(final int exitCode) {
		if (exitCode == SIGNAL + KILLED) return "was killed from outside (signal 9), as systems do that run out of memory";
		if (exitCode == SIGNAL + TERMINATED) return "was ended from outside (signal 15)";
		if (exitCode > SIGNAL) return "crashed (signal " + (exitCode - SIGNAL) + ")";
		// Windows has no signals, but codes such as 0xC0000005 for a forbidden access to memory.
		return exitCode < 0 ? String.format(Locale.ROOT, "crashed (code 0x%08X)", exitCode) : "ended with exit code " +
			exitCode;
	}

	/** Moves the crash log to the temporary folder, where the user can read it and send it. */
	private static String keep(final Path log) {
		final Path kept = Path.of(System.getProperty("java.io.tmpdir"), log.getParent().getFileName() + ".log");
		try {
			final String text = Files.readString(log, StandardCharsets.ISO_8859_1);
			final int frame = text.indexOf("# Problematic frame:");
			final String where = frame < 0 ? "" : text.substring(frame).lines().skip(1).findFirst().orElse("").replace("#",
				"").strip();
			Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
			return (where.isEmpty() ? "" : " (" + where + ")") + "; what is known of it is in " + kept;
		}
		catch (final IOException e) {
			return "";
		}
	}
}
