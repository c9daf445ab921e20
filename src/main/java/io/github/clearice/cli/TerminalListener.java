package io.github.clearice.cli;

import io.github.clearice.task.DurationText.RemainingTime;
import io.github.clearice.task.FailureMessage.PrintableText;
import io.github.clearice.worker.LauncherOutput;
import io.github.clearice.worker.StopRequest;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Shows progress in a terminal: a line that renews itself where somebody is
 * watching, and where output goes to a file, lines after some seconds and then every few minutes.
 */
final class TerminalListener implements LauncherOutput {

	private static final long RENEW_NANOSECONDS = 200_000_000L;

	/** In a log, the first line comes after so long, each next after twice the time, up to a limit. */
	private static final long FIRST_LINE_NANOSECONDS = 4_000_000_000L, LONGEST_PAUSE_NANOSECONDS = 300_000_000_000L;

	private final PrintStream results;
	private final PrintStream out;
	private final boolean live;
	private volatile boolean cancelled;
	private RemainingTime work = new RemainingTime("", 0, 0);
	private long shown;
	private long pause;
	private boolean lineOpen;
	private final Set<String> told = new HashSet<>();

	/**
	 * @param results where reports go
	 * @param out where progress goes
	 * @param live whether a terminal can overwrite its last line
	 */
	TerminalListener(final PrintStream results, final PrintStream out, final boolean live) {
		this.results = results;
		this.out = out;
		this.live = live;
	}

	@Override
	public synchronized void begin(final String name, final long steps) {
		closeLine();
		work = new RemainingTime(PrintableText.of(name), steps, System.nanoTime());
		shown = 0;
		pause = FIRST_LINE_NANOSECONDS;
		if (!live) out.println(PrintableText.of(name));
	}

	@Override
	public void progress(final long done) {
		progress(done, "");
	}

	@Override
	public synchronized void progress(final long done, final String detail) {
		final long now = System.nanoTime();
		if (live) {
			if (now - shown < RENEW_NANOSECONDS && done < work.total()) return;
			shown = now;
			out.print("\r\u001b[K" + work.describe(done, PrintableText.of(detail), now));
			out.flush();
			lineOpen = true;
		}
		else if (work.total() > 0 && done < work.total() && now - Math.max(shown, work.begunNanoseconds()) > pause) {
			if (shown > 0) pause = Math.min(LONGEST_PAUSE_NANOSECONDS, 2 * pause);
			shown = now;
			out.println("  " + work.describe(done, PrintableText.of(detail), now));
		}
	}

	/** Once is enough for a line that many parts of a work have to tell. */
	@Override
	public synchronized void message(final String line) {
		if (!told.add(line)) return;
		closeLine();
		out.println(PrintableText.of(line));
	}

	@Override
	public synchronized void end() {
		closeLine();
	}

	@Override
	public boolean isCancelled() {
		return cancelled;
	}

	@Override
	public void request(final StopRequest stopRequest) {
		if (stopRequest.compareTo(StopRequest.STOP) >= 0) cancelled = true;
	}

	@Override
	public synchronized void report(final String text) {
		closeLine();
		results.println(PrintableText.of(text));
	}

	/** The line itself goes to standard error even where progress is not shown, and is not for here. */
	@Override
	public synchronized void error(final String line, final boolean requested) {
		closeLine();
	}

	/** The process itself returns the exit code. */
	@Override
	public synchronized void exit(final int code) {
		closeLine();
	}

	private void closeLine() {
		if (lineOpen) out.println();
		lineOpen = false;
	}
}
