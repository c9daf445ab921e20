package io.github.clearice.reproduce;

import java.util.Locale;

/**
 * What an experiment says to a claim of its paper.
 *
 * @param claim of the paper
 * @param found here, with figures
 * @param why it may be so; empty where the figures speak for themselves
 */
public record Finding(String claim, Verdict verdict, String found, String why) {

	/** Whether a claim holds. */
	public enum Verdict {

		HOLDS, PARTLY, FAILS, OPEN;

		/** In words. */
		String words() {
			return switch (this) {
				case HOLDS -> "holds";
				case PARTLY -> "holds in part";
				case FAILS -> "does not hold here";
				case OPEN -> "not decided";
			};
		}
	}

	static Finding of(final String claim, final boolean holds, final String found, final String why) {
		return new Finding(claim, holds ? Verdict.HOLDS : Verdict.FAILS, found, holds ? "" : why);
	}

	/** @param held how many of the cases in which it was tested hold */
	static Finding ofCases(final String claim, final long held, final long cases, final String found, final String why) {
		final Verdict verdict = cases == 0 ? Verdict.OPEN : held == cases ? Verdict.HOLDS : held == 0 ? Verdict.FAILS
			: Verdict.PARTLY;
		return new Finding(claim, verdict, found, verdict == Verdict.HOLDS ? "" : why);
	}

	Finding undecided() {
		return new Finding(claim, Verdict.OPEN, found, "");
	}

	/** A number with so many decimals. */
	static String number(final double value, final int decimals) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
	}
}
