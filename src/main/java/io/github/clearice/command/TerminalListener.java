package io.github.clearice.command;

import io.github.clearice.worker.LauncherOutput;
import io.github.clearice.worker.StopRequest;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Shows progress in a terminal: a line that renews itself where somebody is
 * watching, a line a quarter of the way where output goes to a file.
 */
final class TerminalListener implements LauncherOutput {

	private static final long RENEW_NANOSECONDS = 200_000_000L;

	private final PrintStream results;
	private final PrintStream out;
	private final boolean live;
	private volatile boolean cancelled;
	private String task = "";
	private long total;
	private long begun;
	private long shown;
	private int quarter;
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
		task = name;
		total = steps;
		begun = System.nanoTime();
		shown = 0;
		quarter = 0;
		if (!live) out.println(name);
	}

	@Override
	public void progress(final long done) {
		progress(done, "");
	}

	@Override
	public synchronized void progress(final long done, final String detail) {
		final long now = System.nanoTime();
		if (live) {
			if (now - shown < RENEW_NANOSECONDS && done < total) return;
			shown = now;
			out.print("\r\u001b[K" + line(done, now, detail));
			out.flush();
			lineOpen = true;
		}
		else if (total > 0 && now - begun > 20 * RENEW_NANOSECONDS && 4 * done / total > quarter && done < total) {
			quarter = (int) (4 * done / total);
			out.println("  " + line(done, now, detail));
		}
	}

	/** Once is enough for a line that many parts of a work have to tell. */
	@Override
	public synchronized void message(final String line) {
		if (!told.add(line)) return;
		closeLine();
		out.println(line);
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
		results.println(text);
	}

	/** The line itself goes to standard error even where progress is not shown, and is not for here. */
	@Override
	public synchronized void error(final String line, final boolean requested) {
		closeLine();
	}

	/** The exit code is told by the process itself. */
	@Override
	public synchronized void exit(final int code) {
		closeLine();
	}

	private String line(final long done, final long now, final String detail) {
		if (total <= 0) return task + " " + done;
		final double seconds = (now - begun) / 1e9;
		final String left = done < 1 || done >= total ? "" : String.format(Locale.ROOT, ", %.0f s left", seconds * (total -
			done) / done);
		// Work with details of its own knows better how long it takes.
		return String.format(Locale.ROOT, "%s: %d of %d (%d %%)%s", task, done, total, 100 * done / total, detail.isEmpty()
			? left : ", " + detail);
	}

	private void closeLine() {
		if (lineOpen) out.println();
		lineOpen = false;
	}
}
