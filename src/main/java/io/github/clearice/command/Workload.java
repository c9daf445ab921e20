package io.github.clearice.command;

/**
 * How much a command has to do with its present parameters.
 *
 * @param kind work of one kind takes a time in proportion to its amount; in few words, without line breaks
 * @param amount of the work, above 0
 * @param mostSeconds after which it ends in any case; infinite where nothing ends it
 * @param mayEndEarlier whether it may find that it has done enough
 */
record Workload(String kind, double amount, double mostSeconds, boolean mayEndEarlier) {

	/** Work that takes its time. */
	static Workload of(final String kind, final double amount) {
		return new Workload(kind, amount, Double.POSITIVE_INFINITY, false);
	}
}
