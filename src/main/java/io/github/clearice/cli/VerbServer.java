package io.github.clearice.cli;

import io.github.clearice.task.Leftovers;
import io.github.clearice.task.Shutdown;
import io.github.clearice.worker.ControlInput;
import io.github.clearice.worker.EventWriter;
import io.github.clearice.worker.StopRequest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs the verbs that another program asks for on standard input, one after the other, and reports on them as
 * events on standard output. When the input ends, so does this process: work under way is stopped as by SIGTERM.
 */
final class VerbServer implements ControlInput.Listener {

	/** The word that starts it. */
	static final String WORD = "worker";

	/** The exit code after SIGTERM: here, the program that gave the task has ended. */
	private static final int ABANDONED = 143;

	private final Launcher launcher;
	private final PrintStream events;
	private final Path scratch;
	private final BlockingQueue<List<String>> tasks = new LinkedBlockingQueue<>();
	private EventWriter output;

	/** @param scratch a folder for previews of trainings, deleted at the end; null for none */
	VerbServer(final Launcher launcher, final PrintStream events, final Path scratch) {
		this.launcher = launcher;
		this.events = events;
		this.scratch = scratch;
	}

	/** Serves until the input ends, and with it the process. */
	void serve(final InputStream input) {
		ControlInput.listen(input, this);
		try {
			while (true) {
				final List<String> words = tasks.take();
				final EventWriter writer = new EventWriter(events, scratch);
				output(writer);
				launcher.run(writer, words.toArray(new String[0]));
				output(null);
			}
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized void output(final EventWriter now) {
		output = now;
	}

	@Override
	public void task(final List<String> words) {
		tasks.add(words);
	}

	@Override
	public synchronized void request(final StopRequest stopRequest) {
		if (output != null) output.request(stopRequest);
	}

	@Override
	public void abandoned() {
		final boolean busy;
		synchronized (this) {
			busy = output != null;
			if (busy) output.previewsUnwanted();
		}
		Shutdown.cleanUp(this::deleteScratch);
		System.exit(busy ? ABANDONED : Launcher.DONE);
	}

	/** Deletes the folder here too, since the process that made it may have been killed. */
	private void deleteScratch() {
		try {
			if (scratch != null) Leftovers.delete(scratch);
		}
		catch (final IOException e) {
			// Its maker deletes it, or the next start of one.
		}
	}
}
