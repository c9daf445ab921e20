package io.github.clearice.evaluate.halves;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.List;

/** Writes the curves of a split-half test, and their summary, as tab-separated values. */
public final class HalfTables {

	private HalfTables() {}

	/**
	 * Writes a row for each kind of images and shell: {@code images shell resolution halves truth expected}, the
	 * resolution in Å, the correlations between halves and with the truth, and that between halves which the truth
	 * allows.
	 */
	public static void writeCurves(final Path target, final List<HalfCurves> all) {
		final StringBuilder table = new StringBuilder(TabSeparated.line("images", "shell", "resolution", "halves", "truth",
			"expected"));
		for (final HalfCurves curves : all)
			for (int shell = 0; shell < curves.halves().values().length; shell++) {
				table.append(TabSeparated.line(curves.name(), shell, TabSeparated.decimals(6, 1 / curves.halves()
					.frequencyPerAngstrom(shell), curves.halves().values()[shell], curves.truth() == null ? Double.NaN : curves
						.truth().values()[shell], curves.expected(shell))));
			}
		TextFile.write(target, table.toString());
	}

	/**
	 * Writes a row for each kind of images: {@code images halves0143 halves05 truth05 truth0143 inflation}, resolutions
	 * in Å at these correlations, and the mean excess of the correlation over the value that the truth allows.
	 */
	public static void writeSummary(final Path target, final List<HalfCurves> all) {
		final StringBuilder table = new StringBuilder(TabSeparated.line("images", "halves0143", "halves05", "truth05",
			"truth0143", "inflation"));
		for (final HalfCurves curves : all) table.append(TabSeparated.line(curves.name(), TabSeparated.decimals(6, curves
			.halvesAngstrom(), curves.halves().resolutionAngstrom(ShellCorrelation.HALF), curves.truthAngstrom(), curves
				.truth() == null ? Double.NaN : curves.truth().resolutionAngstrom(ShellCorrelation.ONE_SEVENTH), curves
					.inflation())));
		TextFile.write(target, table.toString());
	}
}
