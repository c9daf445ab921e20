package io.github.clearice.fiji.ui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/** A virtual display for one test; the test is skipped if Xvfb is not installed. */
final class XvfbDisplay implements AutoCloseable {

	private final Process server;
	private final String name;

	private XvfbDisplay(final Process server, final String name) {
		this.server = server;
		this.name = name;
	}

	static XvfbDisplay open() throws IOException {
		final Process server;
		try {
			server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
				.redirectError(Redirect.DISCARD).start();
		}
		catch (final IOException e) {
			Assumptions.abort("No display: Xvfb cannot be started (" + e.getMessage() + "). On Debian: apt install xvfb");
			throw e;
		}
		final BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(),
			StandardCharsets.US_ASCII));
		final String number = out.readLine();
		if (number == null) Assumptions.abort("No display: Xvfb ended with exit code " + exitCode(server) + ".");
		return new XvfbDisplay(server, ":" + number.trim());
	}

	private static int exitCode(final Process server) {
		try {
			return server.waitFor();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The value of the environment variable DISPLAY. */
	String name() {
		return name;
	}

	@Override
	public void close() throws IOException {
		server.destroy();
		try {
			if (!server.waitFor(60, TimeUnit.SECONDS)) server.destroyForcibly().waitFor();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
