package io.github.clearice.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which ClearIce this is, and what it runs on. */
final class Versions {

	private Versions() {}

	/** ClearIce's own version. */
	static String clearIce() {
		final Properties properties = new Properties();
		try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
			properties.load(in);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return properties.getProperty("version");
	}

	/** One line each for ClearIce, Java and the machine. */
	static String report() {
		return String.format("ClearIce %s%nJava %s (%s)%n%s %s, %d processors%n", clearIce(), Runtime.version(), System
			.getProperty("java.vm.name"), System.getProperty("os.name"), System.getProperty("os.arch"), Runtime.getRuntime()
				.availableProcessors());
	}
}
