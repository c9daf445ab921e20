package io.github.clearice.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Formats the scores of several methods on the same particles for a terminal:
 * one line a method, mean and, in brackets, standard deviation over the images.
 */
public final class MethodTable {

	private static final List<String> HEADINGS = List.of("method", "MSE", "PSNR dB", "SSIM", "FRC 0.5 Å");
	private static final String GAP = "   ";

	private MethodTable() {}

	/** The table, its lines in the order given, each ended by a newline. */
	public static String format(final List<StackQuality> methods) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(HEADINGS);
		for (final StackQuality method : methods) rows.add(row(method));
		final int[] widths = new int[HEADINGS.size()];
		for (final List<String> row : rows) for (int c = 0; c < widths.length; c++) widths[c] = Math.max(widths[c], row.get(
			c).length());
		final StringBuilder table = new StringBuilder();
		for (final List<String> row : rows) {
			table.append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
			for (int c = 1; c < widths.length; c++) {
				table.append(GAP).append(" ".repeat(widths[c] - row.get(c).length())).append(row.get(c));
			}
			table.append('\n');
		}
		return table.toString();
	}

	private static List<String> row(final StackQuality method) {
		final QualityScores mean = method.mean(), deviation = method.standardDeviation();
		return List.of(method.name(), String.format(Locale.ROOT, "%.2e", mean.meanSquaredError()), //
			pair(mean.peakSignalToNoise(), deviation.peakSignalToNoise(), 2), //
			pair(mean.similarity(), deviation.similarity(), 3), //
			pair(mean.halfResolutionAngstrom(), deviation.halfResolutionAngstrom(), 1));
	}

	private static String pair(final double mean, final double deviation, final int decimals) {
		return number(mean, decimals) + " (" + number(deviation, decimals) + ")";
	}

	private static String number(final double value, final int decimals) {
		if (Double.isNaN(value)) return "-";
		return Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%." + decimals + "f", value);
	}
}
