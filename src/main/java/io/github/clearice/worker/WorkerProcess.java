package io.github.clearice.worker;

import io.github.clearice.task.TemporaryFolder;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Java process that does one task after the other; used by one thread at a time. */
final class WorkerProcess implements AutoCloseable {

	private static final long SECONDS_TO_END = 10;
	private static final Consumer<String> NOBODY = line -> {};

	private final WorkerJava java;
	private final TemporaryFolder scratch = new TemporaryFolder("worker");
	private final Process process;
	private final BufferedWriter input;
	private final Thread out;
	private final Thread err;
	private volatile Consumer<String> hearer = NOBODY;
	private volatile String lastRemark = "";
	private volatile boolean used;
	private volatile boolean busy;

	/** @throws WorkerException if the system does not start it */
	WorkerProcess(final WorkerJava java) {
		this.java = java;
		try {
			process = java.with("-XX:ErrorFile=" + scratch.resolve(ExitDiagnosis.CRASH_LOG)).start(List.of("worker",
				"scratch=" + scratch.path()));
		}
		catch (final RuntimeException e) {
			scratch.close();
			throw e;
		}
		input = process.outputWriter(StandardCharsets.UTF_8);
		out = pass(process.getInputStream(), line -> hearer.accept(line));
		err = pass(process.getErrorStream(), line -> {
			if (!line.isBlank()) lastRemark = line.strip();
		});
	}

	/** How it was started. */
	WorkerJava java() {
		return java;
	}

	/** Whether it has done a task before. */
	boolean isUsed() {
		return used;
	}

	/** Whether it can be given a task. */
	boolean isReady() {
		return !busy && process.isAlive();
	}

	/**
	 * Gives it a task.
	 *
	 * @param newHearer takes the lines that it writes, on another thread
	 */
	void begin(final WorkerTask task, final Consumer<String> newHearer) {
		busy = true;
		lastRemark = "";
		hearer = newHearer;
		send(ControlInput.line(task));
	}

	/** The task has come to its end. */
	void finish() {
		hearer = NOBODY;
		busy = false;
		used = true;
	}

	void send(final String line) {
		try {
			input.write(line);
			input.newLine();
			input.flush();
		}
		catch (final IOException e) {
			// It has died, which isDead reports.
		}
	}

	/** Whether it has ended and all its output was read. */
	boolean isDead() {
		return !process.isAlive() && !out.isAlive();
	}

	/** Ends it at once. */
	void kill() {
		process.destroyForcibly();
		process.onExit().join();
	}

	/** Waits for the end of a process that has died, and returns how it ended. */
	String describeDeath() throws InterruptedException {
		final int exitCode = process.waitFor();
		out.join();
		err.join();
		return ExitDiagnosis.describe(exitCode, scratch.path(), lastRemark);
	}

	/** Lets it go: it ends by itself, or is killed if it does not. */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void close() {
		try {
			input.close();
		}
		catch (final IOException e) {
			// It has ended already.
		}
		process.onExit().orTimeout(SECONDS_TO_END, TimeUnit.SECONDS).whenComplete((gone, late) -> {
			if (late != null) kill();
			scratch.close();
		});
	}

	/** Passes the lines of a stream on, in a thread that ends with the stream. */
	static Thread pass(final InputStream stream, final Consumer<String> lines) {
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

	/** Explains why a process ended without reporting it, from its exit code and the crash log of Java. */
	static final class ExitDiagnosis {

		/** Name of the crash log that Java writes into the scratch folder. */
		static final String CRASH_LOG = "crash.log";

		/** Java reports a process that was ended by a signal with exit code 128 + signal, as shells do. */
		private static final int SIGNAL = 128;
		private static final int KILLED = 9;
		private static final int TERMINATED = 15;

		private ExitDiagnosis() {}

		/**
		 * @param exitCode of the process
		 * @param scratch folder of its crash log, if there is one
		 * @param lastLine it wrote to standard error; empty if there is none
		 * @return one sentence that ends with a full stop
		 */
		static String describe(final int exitCode, final Path scratch, final String lastLine) {
			final Path log = scratch.resolve(CRASH_LOG);
			if (Files.exists(log)) return "crashed in native code" + keep(log) + ".";
			return cause(exitCode) + (lastLine.isEmpty() ? "" : "; the last line of its output: " + lastLine.replaceFirst(
				"[.\\s]+$", "")) + ".";
		}

		private static String cause(final int exitCode) {
			if (exitCode == SIGNAL +
				KILLED) return "was killed from outside (signal 9), as systems do that run out of memory";
			if (exitCode == SIGNAL + TERMINATED) return "was ended from outside (signal 15)";
			if (exitCode > SIGNAL) return "crashed (signal " + (exitCode - SIGNAL) + ")";
			// Windows has no signals, but codes such as 0xC0000005 for a forbidden access to memory.
			return exitCode < 0 ? String.format(Locale.ROOT, "crashed (code 0x%08X)", exitCode) : "ended with exit code " +
				exitCode;
		}

		/** Moves the crash log to the temporary folder, where the user can read it and send it. */
		private static String keep(final Path log) {
			final Path kept = Path.of(System.getProperty("java.io.tmpdir"), log.getParent().getFileName() + ".log");
			try {
				final String text = Files.readString(log, StandardCharsets.ISO_8859_1);
				final int frame = text.indexOf("# Problematic frame:");
				final String where = frame < 0 ? "" : text.substring(frame).lines().skip(1).findFirst().orElse("").replace("#",
					"").strip();
				Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
				return (where.isEmpty() ? "" : " (" + where + ")") + "; what is known of it is in " + kept;
			}
			catch (final IOException e) {
				return "";
			}
		}
	}
}
