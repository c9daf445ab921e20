package io.github.clearice.reconstruct.pose;

import io.github.clearice.task.TabSeparated;

import java.util.Arrays;

/**
 * How many angles of error are how large, in bins whose edges are a factor of the root of two apart: errors of exact
 * and of wrong orientations lie three powers of ten apart. One edge is {@link PoseErrors#WRONG_DEGREE}.
 *
 * @param counts of the bins, the smallest angles first
 */
public record AngleHistogram(long[] counts) {

	/** Bins below and from {@link PoseErrors#WRONG_DEGREE} on. */
	private static final int RIGHT = 20, WRONG = 8;

	/** Of angles in degrees; the first bin has all that are smaller, too. */
	public static AngleHistogram of(final double[] degrees) {
		final long[] counts = new long[RIGHT + WRONG];
		for (final double degree : degrees) {
			int bin = 0;
			while (bin < counts.length - 1 && degree > edge(bin + 1)) bin++;
			counts[bin]++;
		}
		return new AngleHistogram(counts);
	}

	/** Number of bins. */
	public int size() {
		return counts.length;
	}

	/** Where a bin begins, in degrees; that of the first is for drawing, as it begins at 0. */
	public double fromDegree(final int bin) {
		return edge(bin);
	}

	/** Where a bin ends, in degrees. */
	public double toDegree(final int bin) {
		return Math.min(180, edge(bin + 1));
	}

	/** The share of all angles in a bin. */
	public double share(final int bin) {
		return counts[bin] / (double) Math.max(1, Arrays.stream(counts).sum());
	}

	/** The text of a table, {@code from to count share cumulative}: lines of tab-separated values, the names first. */
	public String format() {
		final StringBuilder table = new StringBuilder(TabSeparated.line("from", "to", "count", "share", "cumulative"));
		double cumulative = 0;
		for (int bin = 0; bin < size(); bin++) {
			cumulative += share(bin);
			table.append(TabSeparated.line(TabSeparated.decimals(4, bin == 0 ? 0 : fromDegree(bin), toDegree(bin)),
				counts[bin], TabSeparated.decimals(6, share(bin), cumulative)));
		}
		return table.toString();
	}

	private static double edge(final int bin) {
		return PoseErrors.WRONG_DEGREE * Math.pow(2, (bin - RIGHT) / 2.0);
	}
}
