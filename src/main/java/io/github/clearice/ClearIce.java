package io.github.clearice;

import io.github.clearice.command.Launcher;

/** The launcher: {@code clearice VERB name=value ...}; see {@link Launcher}. */
public final class ClearIce {

	private ClearIce() {}

	public static void main(final String[] args) {
		final int exitCode = Launcher.runInTerminal(args);
		if (exitCode != Launcher.DONE) System.exit(exitCode);
	}
}
