package io.github.clearice.evaluate;

import io.github.clearice.metrics.QualityScores;
import io.github.clearice.metrics.StackQuality;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Formats the scores of several methods on the same particles for a terminal:
 * one line a method, mean and, in brackets, standard deviation over the images.
 */
public final class MethodTable {

	private static final List<String> HEADINGS = List.of("method", "MSE", "PSNR dB", "SSIM", "FRC 0.5 Å");
	private static final String GAP = "   ";

	private static final String METHOD = "method", SECONDS = "seconds";

	private MethodTable() {}

	/**
	 * A line of the table that {@link #write} writes.
	 *
	 * @param mean scores over the images
	 * @param secondsPerImage NaN where it is unknown
	 */
	public record Row(String method, QualityScores mean, double secondsPerImage) {}

	/** The table, its lines in the order given, each ended by a newline. */
	public static String format(final List<StackQuality> methods) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(HEADINGS);
		for (final StackQuality method : methods) rows.add(row(method));
		return align(rows);
	}

	/** As {@link #format}, with the time that each method took. */
	public static String formatTimed(final List<MethodScore> methods) {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(with(HEADINGS, "ms/image"));
		for (final MethodScore method : methods)
			rows.add(with(row(method.quality()), number(1000 * method.secondsPerImage(), 1)));
		return align(rows);
	}

	/**
	 * Writes the means as tab-separated values: one row per method, the columns 'method', those of
	 * {@link QualityScores#COLUMNS} and 'seconds' an image. It appears under its name only when complete.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final List<MethodScore> methods) {
		final StringBuilder table = new StringBuilder(TabSeparated.line(METHOD, QualityScores.COLUMNS, SECONDS));
		for (final MethodScore method : methods)
			table.append(TabSeparated.line(method.name(), Arrays.stream(method.quality().mean().values()).mapToObj(
				value -> (float) value).toList(), (float) method.secondsPerImage()));
		TextFile.write(target, table.toString());
	}

	/**
	 * Reads a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Row> read(final Path table) {
		return TsvTable.read(table).map(row -> new Row(row.text(METHOD), QualityScores.of(QualityScores.COLUMNS.stream()
			.mapToDouble(row::number).toArray()), row.number(SECONDS)));
	}

	private static String align(final List<List<String>> rows) {
		final int columns = rows.get(0).size();
		final int[] widths = new int[columns];
		for (final List<String> row : rows) for (int c = 0; c < columns; c++) widths[c] = Math.max(widths[c], row.get(c)
			.length());
		final StringBuilder table = new StringBuilder();
		for (final List<String> row : rows) {
			table.append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
			for (int c = 1; c < columns; c++) table.append(GAP).append(" ".repeat(widths[c] - row.get(c).length())).append(row
				.get(c));
			table.append('\n');
		}
		return table.toString();
	}

	private static List<String> with(final List<String> row, final String last) {
		final List<String> longer = new ArrayList<>(row);
		longer.add(last);
		return longer;
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
