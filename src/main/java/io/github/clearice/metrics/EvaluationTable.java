package io.github.clearice.metrics;

import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the scores of stacks as tab-separated values.
 * <p>
 * Columns: {@code image index mse psnr ssim snr frc05 frc0143}: the stack, the
 * image counted from 1, and the scores (PSNR in dB, ring correlations in Å). One
 * row an image; the last rows hold, for each stack, {@code mean} and {@code sd}
 * in place of the index. Numbers are written to seven digits with a point;
 * {@code Infinity} and {@code NaN} are possible.
 */
public final class EvaluationTable {

	/** Columns before the scores. */
	public static final int FIRST_SCORE = 2;

	/** In place of the index, for the means over a stack; these rows are in the order of the stacks. */
	public static final String MEAN = "mean";

	/** In place of the index, for the standard deviations, in the row after the means. */
	public static final String DEVIATION = "sd";

	private EvaluationTable() {}

	/**
	 * Writes the table; it appears under its name only when complete.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final List<StackQuality> stacks) {
		TextFile.write(target, out -> writeRows(out, stacks));
	}

	/**
	 * Reads the scores of the images of a table that holds one stack.
	 *
	 * @throws ParameterException if it cannot be read, or is no such table
	 */
	public static List<QualityScores> read(final Path table) {
		final List<QualityScores> scores = new ArrayList<>();
		try {
			for (final String line : Files.readAllLines(table, StandardCharsets.UTF_8)) {
				final String[] fields = TabSeparated.cells(line);
				if (fields.length != FIRST_SCORE + QualityScores.COLUMNS.size()) throw broken(table, "a line of " +
					fields.length + " columns");
				if (!fields[1].matches("[0-9]+")) continue;
				final double[] values = new double[QualityScores.COLUMNS.size()];
				for (int i = 0; i < values.length; i++) values[i] = Double.parseDouble(fields[FIRST_SCORE + i]);
				scores.add(QualityScores.of(values));
			}
		}
		catch (final IOException | NumberFormatException e) {
			throw broken(table, e.getMessage());
		}
		if (scores.isEmpty()) throw broken(table, "no image");
		return scores;
	}

	private static ParameterException broken(final Path table, final String fault) {
		return new ParameterException("The table of scores " + table + " cannot be read (" + fault +
			"). Delete it to make it again.");
	}

	private static void writeRows(final Writer writer, final List<StackQuality> stacks) throws IOException {
		writer.write(TabSeparated.line("image", "index", QualityScores.COLUMNS));
		for (final StackQuality stack : stacks) {
			int index = 1;
			for (final QualityScores scores : stack.images()) {
				writer.write(row(stack.name(), String.valueOf(index++), scores));
			}
		}
		for (final StackQuality stack : stacks) {
			writer.write(row(stack.name(), MEAN, stack.mean()));
			writer.write(row(stack.name(), DEVIATION, stack.standardDeviation()));
		}
	}

	private static String row(final String name, final String index, final QualityScores scores) {
		return TabSeparated.line(name, index, Arrays.stream(scores.values()).mapToObj(EvaluationTable::number).toList());
	}

	private static String number(final double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.7g", value) : String.valueOf(value);
	}
}
