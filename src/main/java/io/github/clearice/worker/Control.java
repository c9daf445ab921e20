package io.github.clearice.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Hears what the user wishes on the standard input of a worker: {@code finish},
 * {@code stop} or {@code cancel}, a word a line. Where the input ends, whoever
 * started the worker is gone.
 */
public final class Control {

	private Control() {}

	/**
	 * Begins to listen.
	 *
	 * @param abandoned what to do when the input has ended
	 */
	public static void listen(final InputStream input, final LauncherOutput output, final Runnable abandoned) {
		final Thread thread = new Thread(() -> {
			try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
				String line;
				while ((line = lines.readLine()) != null) Wish.ofWord(line).ifPresent(output::request);
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
