package io.github.clearice.evaluate.halves;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the curves of a split-half test, and what they come to, as tab-separated values. */
public final class HalfTables {

	private HalfTables() {}

	/**
	 * Writes a row for each kind of images and shell: {@code images shell resolution halves truth expected}, the
	 * resolution in Å, the correlations between halves and with the truth, and that between halves which the truth allows.
	 */
	public static void writeCurves(final Path target, final List<HalfCurves> all) {
		final StringBuilder table = new StringBuilder("images\tshell\tresolution\thalves\ttruth\texpected\n");
		for (final HalfCurves curves : all) for (int shell = 0; shell < curves.halves().values().length; shell++) {
			table.append(curves.name()).append('\t').append(shell).append('\t').append(number(1 / curves.halves()
				.frequencyPerAngstrom(shell))).append('\t').append(number(curves.halves().values()[shell])).append('\t').append(
					number(curves.truth() == null ? Double.NaN : curves.truth().values()[shell])).append('\t').append(number(curves
						.expected(shell))).append('\n');
		}
		TextFile.write(target, table.toString());
	}

	/**
	 * Writes a row for each kind of images: {@code images halves0143 halves05 truth05 truth0143 inflation}, resolutions in
	 * Å at these correlations, and the mean correlation beyond what the truth allows.
	 */
	public static void writeSummary(final Path target, final List<HalfCurves> all) {
		final StringBuilder table = new StringBuilder("images\thalves0143\thalves05\ttruth05\ttruth0143\tinflation\n");
		for (final HalfCurves curves : all) table.append(curves.name()).append('\t').append(number(curves.halvesAngstrom()))
			.append('\t').append(number(curves.halves().resolutionAngstrom(ShellCorrelation.HALF))).append('\t').append(number(
				curves.truthAngstrom())).append('\t').append(number(curves.truth() == null ? Double.NaN : curves.truth()
					.resolutionAngstrom(ShellCorrelation.ONE_SEVENTH))).append('\t').append(number(curves.inflation())).append('\n');
		TextFile.write(target, table.toString());
	}

	private static String number(final double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : String.valueOf(value);
	}
}
