package io.github.clearice.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Why a process has ended that did not say so itself, as far as can be told from outside. */
final class Death {

	/** Where Java is to leave its account of a crash, in the scratch folder. */
	static final String CRASH_LOG = "crash.log";

	/** By 128 more than the signal, as shells have it, Java tells of a process that a signal has ended. */
	private static final int SIGNAL = 128;
	private static final int KILLED = 9;
	private static final int TERMINATED = 15;

	private Death() {}

	/**
	 * @param exitCode of the process
	 * @param scratch where it may have left an account
	 * @param lastLine it wrote to standard error; empty where there is none
	 * @return a sentence about it
	 */
	static String describe(final int exitCode, final Path scratch, final String lastLine) {
		final Path log = scratch.resolve(CRASH_LOG);
		if (Files.exists(log)) return "crashed in native code" + keep(log) + ".";
		return manner(exitCode) + (lastLine.isEmpty() ? "" : "; its last words: " + lastLine.replaceFirst("[.\\s]+$", "")) + ".";
	}

	private static String manner(final int exitCode) {
		if (exitCode == SIGNAL + KILLED) return "was killed from outside (signal 9), as systems do that run out of memory";
		if (exitCode == SIGNAL + TERMINATED) return "was ended from outside (signal 15)";
		if (exitCode > SIGNAL) return "crashed (signal " + (exitCode - SIGNAL) + ")";
		// Windows has no signals, but codes such as 0xC0000005 for a forbidden access to memory.
		return exitCode < 0 ? String.format(Locale.ROOT, "crashed (code 0x%08X)", exitCode) : "ended with exit code " + exitCode;
	}

	/** Puts the account where it can be read and sent. */
	private static String keep(final Path log) {
		final Path kept = Path.of(System.getProperty("java.io.tmpdir"), "clearice-" + log.getParent().getFileName() + ".log");
		try {
			final String text = Files.readString(log, StandardCharsets.ISO_8859_1);
			final int frame = text.indexOf("# Problematic frame:");
			final String where = frame < 0 ? "" : text.substring(frame).lines().skip(1).findFirst().orElse("").replace("#", "")
				.strip();
			Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
			return (where.isEmpty() ? "" : " (" + where + ")") + "; what is known of it is in " + kept;
		}
		catch (final IOException e) {
			return "";
		}
	}
}
