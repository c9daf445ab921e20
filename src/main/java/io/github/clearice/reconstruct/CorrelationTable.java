package io.github.clearice.reconstruct;

import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes the correlation of volumes as tab-separated values.
 * <p>
 * Columns: {@code shell resolution fsc}, one row a shell from 0 to Nyquist, the
 * resolution in Å ({@code Infinity} in row 0, {@code NaN} where the pixel size is unknown). With a mask, {@code fsc} is
 * the corrected curve, and {@code unmasked masked randomised} follow.
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
		final StringBuilder table = new StringBuilder(TabSeparated.line("shell", "resolution", "fsc", masked ? List.of(
			"unmasked", "masked", "randomised") : List.of()));
		for (int shell = 0; shell < curves.corrected().values().length; shell++) {
			table.append(TabSeparated.line(shell, TabSeparated.decimals(6, 1 / curves.corrected().frequencyPerAngstrom(shell),
				curves.corrected().values()[shell]), masked ? TabSeparated.decimals(6, curves.unmasked().values()[shell], curves
					.masked().values()[shell], curves.randomised().values()[shell]) : List.of()));
		}
		return table.toString();
	}
}
