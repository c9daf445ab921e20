package io.github.clearice.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which ClearIce this is. */
public final class Version {

	private static final String CURRENT = read();

	private Version() {}

	/** The version of the build, such as {@code 0.1.0}. */
	public static String current() {
		return CURRENT;
	}

	private static String read() {
		final Properties properties = new Properties();
		try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
			properties.load(in);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The version file in this program's jar is damaged.", e);
		}
		return properties.getProperty("version");
	}
}
