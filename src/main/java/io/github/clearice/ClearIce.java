package io.github.clearice;

import io.github.clearice.cli.Launcher;

/** The launcher: {@code clearice VERB name=value ...}; see {@link Launcher}. */
public final class ClearIce {

	private ClearIce() {}

	public static void main(final String[] args) {
		int exitCode;
		try {
			exitCode = Launcher.runInTerminal(args);
		}
		catch (final LinkageError | OutOfMemoryError e) {
			// Before the launcher is there to tell of it.
			System.err.println("ClearIce cannot be loaded (" + e +
				"). Allow more open files (ulimit -n 1024) or more memory, or install it again.");
			exitCode = 1;
		}
		if (exitCode != 0) System.exit(exitCode);
	}
}
