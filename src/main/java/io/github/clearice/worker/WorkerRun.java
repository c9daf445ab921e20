package io.github.clearice.worker;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.TrainingListener;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One process of a worker from its start to its end. */
final class WorkerRun {

	private static final long POLL_MILLISECONDS = 100;
	/** So long a worker may take to clean up when it is cancelled. */
	private static final long SECONDS_TO_CANCEL = 10;

	private final WorkerTask task;
	private final Path scratch;
	private final EventReader events;
	private final Supplier<StopRequest> stopRequest;
	private final Instant start = Instant.now();
	private StopRequest told = StopRequest.NONE;
	private volatile String lastRemark = "";
	private volatile RuntimeException failure;

	WorkerRun(final WorkerTask task, final Path scratch, final TrainingListener listener, final Supplier<StopRequest> stopRequest) {
		this.task = task;
		this.scratch = scratch;
		this.events = new EventReader(listener);
		this.stopRequest = stopRequest;
	}

	/** @return what the verb reports */
	String go(final WorkerJava java) {
		final List<String> words = new ArrayList<>(task.words());
		words.addAll(List.of("progress=json", "control=stdin", "scratch=" + scratch));
		final Process process = java.with("-XX:ErrorFile=" + scratch.resolve(ExitDiagnosis.CRASH_LOG)).start(words);
		final Thread out = pass(process.getInputStream(), this::hear);
		final Thread err = pass(process.getErrorStream(), line -> {
			if (!line.isBlank()) lastRemark = line.strip();
		});
		try {
			while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) send(process);
			out.join();
			err.join();
		}
		catch (final InterruptedException e) {
			told = StopRequest.CANCEL;
			kill(process);
			clean();
			Thread.currentThread().interrupt();
			throw new TaskCancelledException(task.verb());
		}
		return result(process.exitValue());
	}

	/** A listener that fails must not keep the process waiting with a full pipe. */
	private void hear(final String line) {
		try {
			events.accept(line);
		}
		catch (final RuntimeException e) {
			if (failure == null) failure = e;
		}
	}

	private void send(final Process process) throws InterruptedException {
		final StopRequest now = stopRequest.get();
		if (now.compareTo(told) <= 0) return;
		told = now;
		try {
			final BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8);
			input.write(now.word());
			input.newLine();
			input.flush();
		}
		catch (final IOException e) {
			// It has ended in this moment, which is noticed at once.
		}
		if (now == StopRequest.CANCEL && !process.waitFor(SECONDS_TO_CANCEL, TimeUnit.SECONDS)) kill(process);
	}

	private static void kill(final Process process) {
		process.destroyForcibly();
		process.onExit().join();
	}

	private String result(final int exitCode) {
		if (failure != null) throw failure;
		if (!events.isComplete()) {
			clean();
			if (told == StopRequest.CANCEL) throw new TaskCancelledException(task.verb());
			throw new WorkerException("The process that ran " + task.verb() + " for ClearIce " + ExitDiagnosis.describe(exitCode,
				scratch, lastRemark) + " Nothing else is harmed.", true);
		}
		if (events.isCancelled()) throw new TaskCancelledException(task.verb());
		events.error().ifPresent(line -> {
			throw new WorkerException(line, false);
		});
		return events.report();
	}

	/** Deletes what a process that could not clean up itself has left. */
	private void clean() {
		try {
			for (final Path output : task.outputs()) AtomicOutput.removeAbandoned(output, start);
			if (told != StopRequest.CANCEL) return;
			for (final Path file : task.discarded()) {
				if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isAfter(start)) Files.delete(file);
			}
		}
		catch (final IOException e) {
			throw OutputException.of(task.outputs().get(0), e);
		}
	}

	private static Thread pass(final InputStream stream, final Consumer<String> lines) {
		final Thread thread = new Thread(() -> {
			try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
				String line;
				while ((line = reader.readLine()) != null) lines.accept(line);
			}
			catch (final IOException e) {
				// The process has ended with its output.
			}
		}, "worker-output");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}
}
