package io.github.clearice.task;

import java.util.Locale;

/** Times as people say them. */
public final class DurationText {

	private static final int SECONDS_OF_A_MINUTE = 60;
	private static final int SECONDS_OF_AN_HOUR = 3600;

	private DurationText() {}

	/** Such as {@code 90 s}, {@code 12 min} or {@code 2 h 05 min}. */
	public static String of(final double seconds) {
		final long whole = Math.round(seconds);
		if (whole < 2 * SECONDS_OF_A_MINUTE) return whole + " s";
		final long minutes = Math.round(seconds / SECONDS_OF_A_MINUTE);
		return whole < 2 * SECONDS_OF_AN_HOUR ? minutes + " min" : String.format(Locale.ROOT, "%d h %02d min", minutes / 60,
			minutes % 60);
	}
}
