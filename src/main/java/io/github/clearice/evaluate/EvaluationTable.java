package io.github.clearice.evaluate;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

	private static final String MEAN = "mean";
	private static final String DEVIATION = "sd";

	private EvaluationTable() {}

	/**
	 * Writes the table; it appears under its name only when complete.
	 *
	 * @throws OutputException if the file cannot be written
	 */
	public static void write(final Path target, final List<StackQuality> stacks) {
		try (AtomicOutput output = new AtomicOutput(target)) {
			try (BufferedWriter writer = Files.newBufferedWriter(output.temporary(), StandardCharsets.UTF_8)) {
				writeRows(writer, stacks);
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}

	private static void writeRows(final BufferedWriter writer, final List<StackQuality> stacks) throws IOException {
		writer.write("image\tindex\t" + String.join("\t", QualityScores.COLUMNS) + "\n");
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
		final StringBuilder row = new StringBuilder(name.replaceAll("[\t\r\n]", " ")).append('\t').append(index);
		for (final double value : scores.values()) row.append('\t').append(number(value));
		return row.append('\n').toString();
	}

	private static String number(final double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.7g", value) : String.valueOf(value);
	}
}
