package io.github.clearice.train.log;

import io.github.clearice.task.OutputException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The course of a training as a table that other programs read: tab-separated,
 * one row an update or validation, {@code nan} where there is no number.
 */
final class MetricsTable {

	/** The columns after {@code step}. */
	static final List<String> COLUMNS = List.of("epoch", "seconds", "rate", "loss", "pixel", "adversarial", "real",
		"fake", "penalty", "psnr", "images_per_second");

	private static final String HEADER = TabSeparated.line("step", COLUMNS);

	private final AppendedFile file;
	private long lastStep = -1;

	/**
	 * Begins a table, or goes on with one that is there after its rows up to a step;
	 * later rows, and one that was cut short, are taken away.
	 *
	 * @throws OutputException if the file cannot be read or written, or holds something else
	 */
	MetricsTable(final Path path, final long step) {
		final List<String> rows = rowsUpTo(path, step);
		if (!Files.exists(path)) {
			file = new AppendedFile(path, HEADER.getBytes(StandardCharsets.UTF_8));
			return;
		}
		TextFile.write(path, HEADER + String.join("", rows));
		file = new AppendedFile(path);
	}

	/** Whether a table is there and has a row. */
	static boolean isBegun(final Path path) {
		return !rowsUpTo(path, Long.MAX_VALUE).isEmpty();
	}

	/**
	 * Adds a row, or replaces the last one where that is of the same step.
	 *
	 * @param values by column; those that are missing are no numbers
	 * @throws OutputException if it cannot be written
	 */
	void add(final long step, final Map<String, Double> values) {
		final byte[] bytes = TabSeparated.line(step, COLUMNS.stream().map(column -> text(values.getOrDefault(column,
			Double.NaN))).toList()).getBytes(StandardCharsets.UTF_8);
		if (step == lastStep) file.replaceLast(bytes);
		else file.append(bytes);
		lastStep = step;
	}

	private static String text(final double value) {
		if (Double.isNaN(value)) return "nan";
		if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : String.format(Locale.ROOT,
			"%.6g", value);
	}

	/** Whole rows, each with its end of line. */
	private static List<String> rowsUpTo(final Path path, final long step) {
		final List<String> rows = new ArrayList<>();
		if (!Files.exists(path)) return rows;
		final String text;
		try {
			text = Files.readString(path);
		}
		catch (final IOException e) {
			throw OutputException.of(path, e);
		}
		if (text.isEmpty()) return rows;
		if (!text.startsWith(HEADER)) throw new OutputException("Cannot go on with " + path +
			": its columns are not those of this version. Give another folder=.");
		int begin = HEADER.length();
		for (int end = text.indexOf('\n', begin); end >= 0; begin = end + 1, end = text.indexOf('\n', begin)) {
			final String row = text.substring(begin, end + 1);
			final String first = TabSeparated.cells(row)[0];
			if (first.matches("\\d{1,18}") && Long.parseLong(first) <= step) rows.add(row);
		}
		return rows;
	}
}
