package io.github.clearice.command;

import io.github.clearice.task.DurationText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ij.Prefs;

/**
 * What work took on this machine before, in ImageJ's preferences of the user, and
 * what other work of the same kind will take.
 * <p>
 * Kept are, for each kind, two runs of different amounts. From one, work takes a time
 * in proportion to its amount, but for the warming up of Java; from both, it takes
 * the time on the line through them.
 */
final class WorkTimes {

	private static final String KEY = "clearice.time.";
	private static final String SEPARATOR = ";";
	private static final String UNKNOWN = "Time: unknown until it has run here once";
	/** A run whose amount differs by less than this factor takes the place of the one before. */
	private static final double ALIKE = 1.5;
	/** So many times the amount of the only run is far: what did not grow in that run is counted so many times too often. */
	private static final double FAR = 4;
	/** Until Java has compiled what runs often, which is half of a shorter run. */
	private static final double WARM_UP_SECONDS = 0.5;
	/** Below this, nobody wants to know it more precisely. */
	private static final double FEW_SECONDS = 10;

	private WorkTimes() {}

	/** What a run took: work in seconds, and what lay outside of it. */
	private record Run(double fixed, double work, double amount) {

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
			return String.format(Locale.ROOT, "%.3f %.3f %.6g", fixed, work, amount);
		}

		double workOf(final double otherAmount) {
			final double warmUp = Math.min(WARM_UP_SECONDS, work / 2);
			return warmUp + (work - warmUp) / amount * otherAmount;
		}

		/** Whether an earlier run was of about this amount, or took longer for less or shorter for more: times have changed. */
		boolean replaces(final Run earlier) {
			final boolean alike = Math.max(amount, earlier.amount) < ALIKE * Math.min(amount, earlier.amount);
			return alike || amount < earlier.amount == work > earlier.work;
		}
	}

	/**
	 * Remembers what a run took that has come to its end.
	 *
	 * @param fixedSeconds outside of the work itself
	 * @param workSeconds of the work
	 * @param share of it that was done, above 0 to 1
	 */
	static void learn(final Workload load, final double fixedSeconds, final double workSeconds, final double share) {
		final Run now = new Run(fixedSeconds, workSeconds, load.amount() * share);
		final List<Run> runs = new ArrayList<>(recall(load));
		runs.removeIf(now::replaces);
		runs.add(now);
		runs.sort(Comparator.comparingDouble(Run::amount));
		// The smallest and the largest say most of how time grows.
		while (runs.size() > 2) runs.remove(1);
		Prefs.set(key(load), runs.stream().map(Run::write).collect(Collectors.joining(SEPARATOR)));
	}

	/** The seconds that work will take; empty where no work of its kind has run here. */
	static Optional<Double> seconds(final Workload load) {
		final List<Run> runs = recall(load);
		if (runs.isEmpty()) return Optional.empty();
		final double work = runs.size() < 2 ? runs.get(0).workOf(load.amount()) : between(runs.get(0), runs.get(1), load
			.amount());
		return Optional.of(runs.get(runs.size() - 1).fixed + Math.min(load.mostSeconds(), work));
	}

	/** On the line through both, which below the smaller one ends at 0 or above. */
	private static double between(final Run small, final Run large, final double amount) {
		final double slope = (large.work - small.work) / (large.amount - small.amount);
		if (amount >= small.amount) return small.work + slope * (amount - small.amount);
		final double fixed = Math.max(0, small.work - slope * small.amount);
		return fixed + (small.work - fixed) * amount / small.amount;
	}

	/** A line for a dialog. */
	static String describe(final Workload load) {
		final boolean most = load.mayEndEarlier() || isFar(load);
		return seconds(load).map(seconds -> "Time: " + (most ? "at most about " : "about ") + text(seconds) +
			", going by earlier runs here").orElse(UNKNOWN);
	}

	private static boolean isFar(final Workload load) {
		final List<Run> runs = recall(load);
		return runs.size() == 1 && load.amount() > FAR * runs.get(0).amount;
	}

	private static String text(final double seconds) {
		return seconds < FEW_SECONDS ? "a few seconds" : DurationText.of(seconds);
	}

	/** By their amounts. */
	private static List<Run> recall(final Workload load) {
		return Stream.of(Prefs.get(key(load), "").split(SEPARATOR)).flatMap(text -> Run.read(text).stream()).toList();
	}

	/** Preferences may be shared by machines: those with other processors have other times. */
	private static String key(final Workload load) {
		return KEY + Runtime.getRuntime().availableProcessors() + "." + load.kind().replaceAll("[^A-Za-z0-9.-]+", "_");
	}
}
