package io.github.clearice.task;

import java.util.Locale;

/** Times as people say them. */
public final class DurationText {

	private static final int SECONDS_OF_A_MINUTE = 60;
	private static final int SECONDS_OF_AN_HOUR = 3600;

	private DurationText() {}

	/** A duration such as {@code 90 s}, {@code 12 min} or {@code 2 h 05 min}. */
	public static String of(final double seconds) {
		final long whole = Math.round(seconds);
		if (whole < 2 * SECONDS_OF_A_MINUTE) return whole + " s";
		final long minutes = Math.round(seconds / SECONDS_OF_A_MINUTE);
		return whole < 2 * SECONDS_OF_AN_HOUR ? minutes + " min" : String.format(Locale.ROOT, "%d h %02d min", minutes / 60,
			minutes % 60);
	}

	/**
	 * How far a piece of work is and how long it will still take, at the speed so far.
	 *
	 * @param task the current step
	 * @param total number of its steps, 0 where it is unknown
	 * @param begunNanoseconds when it began, by the clock of the caller
	 */
	public record RemainingTime(String task, long total, long begunNanoseconds) {

		/** Before this, the speed so far says little. */
		private static final long LEAST_NANOSECONDS = 1_000_000_000L;

		/**
		 * One line, such as {@code Denoising particles: 120 of 400 (30 %), 12 s left}.
		 *
		 * @param detail of work that knows better how long it takes; empty otherwise
		 */
		public String describe(final long done, final String detail, final long nowNanoseconds) {
			if (total <= 0) return task + (done > 0 ? " " + done : "...") + (detail.isEmpty() ? "" : " " + detail);
			final String place = task + ": " + done + " of " + total + " (" + 100 * done / total + " %)";
			if (!detail.isEmpty()) return place + ", " + detail;
			final long taken = nowNanoseconds - begunNanoseconds;
			if (done < 1 || done >= total || taken < LEAST_NANOSECONDS) return place;
			return place + ", " + DurationText.of(taken / 1e9 * (total - done) / done) + " left";
		}
	}
}
