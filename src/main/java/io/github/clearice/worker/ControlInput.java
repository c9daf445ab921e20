package io.github.clearice.worker;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The standard input of a worker, one line each: its task, as a JSON array of the launcher's words ({@code
 * ["denoise","input=a.mrcs","method=nlm"]}), and stop requests meanwhile, {@code finish}, {@code stop} or {@code
 * cancel}. The end of the input means that the program which started the worker has ended.
 */
public final class ControlInput {

	private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

	private ControlInput() {}

	/** Receives a worker's input; called by one thread. */
	public interface Listener {

		/** A verb and its parameters, {@code name=value}. */
		void task(List<String> words);

		/** The task that came last is asked to end. */
		void request(StopRequest stopRequest);

		/** The program that started the worker has ended. */
		void abandoned();
	}

	/** Begins to listen on a thread of its own. */
	public static void listen(final InputStream input, final Listener listener) {
		final Thread thread = new Thread(() -> read(input, listener), "control");
		thread.setDaemon(true);
		thread.start();
	}

	/** Reads until the input ends. */
	static void read(final InputStream input, final Listener listener) {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
			String line;
			while ((line = lines.readLine()) != null) accept(line, listener);
		}
		catch (final IOException e) {
			// A broken input is one that has ended.
		}
		listener.abandoned();
	}

	private static void accept(final String line, final Listener listener) {
		if (line.startsWith("[")) {
			List<String> words;
			try {
				words = List.of(GSON.fromJson(line, String[].class));
			}
			catch (final JsonParseException | NullPointerException e) {
				// A line that is not a task, or has a null in it, is answered like a launcher that is called without a verb.
				words = List.of();
			}
			listener.task(words);
		}
		else StopRequest.ofWord(line).ifPresent(listener::request);
	}

	/** The line that gives a worker a task. */
	static String line(final WorkerTask task) {
		return GSON.toJson(task.words());
	}
}
