package io.github.clearice.command;

import io.github.clearice.task.Version;

/** The version of ClearIce, and its environment. */
public final class Versions {

	private Versions() {}

	/** One line each for ClearIce, Java and the machine. */
	public static String report() {
		return String.format("ClearIce %s%nJava %s (%s)%n%s %s, %d processors%n", Version.current(), Runtime.version(),
			System.getProperty("java.vm.name"), System.getProperty("os.name"), System.getProperty("os.arch"), Runtime
				.getRuntime().availableProcessors());
	}
}
