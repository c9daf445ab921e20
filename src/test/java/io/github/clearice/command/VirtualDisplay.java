package io.github.clearice.command;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A screen in memory for programs that tests start, made by {@code Xvfb}. Tests
 * that need one skip, and say so, where there is no such program.
 */
public final class VirtualDisplay implements AutoCloseable {

	private final Process server;
	private final String name;

	private VirtualDisplay(final Process server, final String name) {
		this.server = server;
		this.name = name;
	}

	/** A screen of 1280 x 900 pixels, or a skipped test. */
	public static VirtualDisplay open() throws IOException {
		final ProcessBuilder builder = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24",
			"-nolisten", "tcp").redirectError(ProcessBuilder.Redirect.DISCARD);
		final Process server;
		try {
			server = builder.start();
		}
		catch (final IOException e) {
			return abort("Skipped: there is no Xvfb to show windows on (Debian: apt install xvfb).");
		}
		// It writes its number when it is ready.
		final String number = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
			.readLine();
		return number == null ? abort("Skipped: Xvfb does not start here.") : new VirtualDisplay(server, ":" + number);
	}

	/** Starts a program of the tests on the screen; its standard error goes with its output. */
	public Process start(final Class<?> program, final Path... arguments) throws IOException {
		final String[] line = new String[5 + arguments.length];
		line[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		line[1] = "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir");
		line[2] = "-cp";
		line[3] = System.getProperty("java.class.path");
		line[4] = program.getName();
		for (int i = 0; i < arguments.length; i++) line[5 + i] = arguments[i].toString();
		final ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
		builder.environment().put("DISPLAY", name);
		return builder.start();
	}

	@Override
	public void close() {
		server.destroy();
	}
}
