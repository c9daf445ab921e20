package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the correlation of volumes as tab-separated values.
 * <p>
 * Columns: {@code shell resolution fsc}, one row a shell from 0 to Nyquist, the
 * resolution in Å ({@code Infinity} in row 0, {@code NaN} where the pixel size is unknown). With a mask, {@code fsc} is the
 * corrected curve, and {@code unmasked masked randomised} follow.
 */
public final class CorrelationTable {

	private CorrelationTable() {}

	/**
	 * Writes the table; it appears under its name only when complete.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final ResolutionCurves curves) {
		TextFile.write(target, format(curves));
	}

	/** The text of the table: lines of tab-separated values, the names of the columns first. */
	public static String format(final ResolutionCurves curves) {
		final boolean masked = curves.masked() != null;
		final StringBuilder table = new StringBuilder("shell\tresolution\tfsc");
		table.append(masked ? "\tunmasked\tmasked\trandomised\n" : "\n");
		for (int shell = 0; shell < curves.corrected().values().length; shell++) {
			table.append(shell).append('\t').append(number(1 / curves.corrected().frequencyPerAngstrom(shell))).append('\t')
				.append(value(curves.corrected(), shell));
			if (masked) table.append('\t').append(value(curves.unmasked(), shell)).append('\t').append(value(curves.masked(),
				shell)).append('\t').append(value(curves.randomised(), shell));
			table.append('\n');
		}
		return table.toString();
	}

	private static String value(final ShellCorrelation curve, final int shell) {
		return number(curve.values()[shell]);
	}

	private static String number(final double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : String.valueOf(value);
	}
}
