package io.github.clearice.task;

/**
 * How far a piece of work is and how long it will still take, at the speed so far.
 *
 * @param task what is being done
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
