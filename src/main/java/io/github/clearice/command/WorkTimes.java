package io.github.clearice.command;

import io.github.clearice.task.DurationText;

import java.util.Locale;
import java.util.Optional;

import ij.Prefs;

/**
 * What work took on this machine before, in ImageJ's preferences of the user, and
 * what other work of the same kind will take.
 * <p>
 * Kept are, for each kind, the seconds before the work began, those of the work, and
 * its amount. The longest run teaches most: a much shorter one, whose time is all
 * start and warming up, does not replace it.
 */
final class WorkTimes {

	private static final String KEY = "clearice.time.";
	private static final String UNKNOWN = "Time: unknown until it has run here once";
	/** A run that took less of the time of the one before teaches nothing. */
	private static final double LEAST_SHARE = 0.25;
	/** Below this, nobody wants to know it more precisely. */
	private static final double FEW_SECONDS = 10;

	private WorkTimes() {}

	/** What a run took: {@code start} and {@code work} in seconds. */
	private record Run(double start, double work, double amount) {

		static Optional<Run> read(final String text) {
			final String[] parts = text.split(" ");
			if (parts.length != 3) return Optional.empty();
			try {
				return Optional.of(new Run(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(
					parts[2])));
			}
			catch (final NumberFormatException e) {
				return Optional.empty();
			}
		}

		String write() {
			return String.format(Locale.ROOT, "%.3f %.3f %.6g", start, work, amount);
		}

		double seconds(final Workload load) {
			return start + Math.min(load.mostSeconds(), work / amount * load.amount());
		}
	}

	/**
	 * Remembers what a run took that has come to its end.
	 *
	 * @param startSeconds before the work itself began
	 * @param workSeconds of the work
	 * @param share of it that was done, above 0 to 1
	 */
	static void learn(final Workload load, final double startSeconds, final double workSeconds, final double share) {
		final Run now = new Run(startSeconds, workSeconds, load.amount() * share);
		final Optional<Run> before = recall(load);
		if (before.isPresent() && now.work < LEAST_SHARE * before.get().work) return;
		Prefs.set(key(load), now.write());
	}

	/** The seconds that work will take; empty where no work of its kind has run here. */
	static Optional<Double> seconds(final Workload load) {
		return recall(load).map(run -> run.seconds(load));
	}

	/** A line for a dialog. */
	static String describe(final Workload load) {
		return seconds(load).map(seconds -> "Time: " + (load.mayEndEarlier() ? "at most about " : "about ") + text(seconds) +
			", going by an earlier run here").orElse(UNKNOWN);
	}

	private static String text(final double seconds) {
		return seconds < FEW_SECONDS ? "a few seconds" : DurationText.of(seconds);
	}

	private static Optional<Run> recall(final Workload load) {
		return Run.read(Prefs.get(key(load), ""));
	}

	/** Preferences may be shared by machines: those with other processors have other times. */
	private static String key(final Workload load) {
		return KEY + Runtime.getRuntime().availableProcessors() + "." + load.kind().replaceAll("[^A-Za-z0-9.-]+", "_");
	}
}
