package io.github.clearice.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Reads stop requests from the standard input of a worker: {@code finish}, {@code stop}
 * or {@code cancel}, one per line. The end of the input means that the program which
 * started the worker has ended.
 */
public final class ControlInput {

	private ControlInput() {}

	/**
	 * Begins to listen.
	 *
	 * @param abandoned runs when the input has ended
	 */
	public static void listen(final InputStream input, final LauncherOutput output, final Runnable abandoned) {
		final Thread thread = new Thread(() -> {
			try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
				String line;
				while ((line = lines.readLine()) != null) StopRequest.ofWord(line).ifPresent(output::request);
			}
			catch (final IOException e) {
				// A broken input is one that has ended.
			}
			abandoned.run();
		}, "control");
		thread.setDaemon(true);
		thread.start();
	}
}
