package io.github.clearice.evaluate.halves;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;

/** The curves of a split-half test, and their summary, as tab-separated values. */
public final class HalfTables {

	private static final String IMAGES = "images", HALVES_SEVENTH = "halves0143", HALVES_HALF = "halves05",
			TRUTH_HALF = "truth05", TRUTH_SEVENTH = "truth0143", INFLATION = "inflation";

	private HalfTables() {}

	/**
	 * A line of the summary. Resolutions are in Å; those with the truth are NaN where it is unknown.
	 *
	 * @param images their kind
	 * @param halvesSeventhAngstrom where the correlation of the halves falls below 0.143
	 * @param halvesHalfAngstrom where it falls below 0.5
	 * @param truthHalfAngstrom where the correlation with the truth falls below 0.5
	 * @param truthSeventhAngstrom where it falls below 0.143
	 * @param inflation mean excess of the correlation of the halves over the value that the truth allows
	 */
	public record Summary(String images, double halvesSeventhAngstrom, double halvesHalfAngstrom,
		double truthHalfAngstrom, double truthSeventhAngstrom, double inflation)
	{}

	/**
	 * Writes a row for each kind of images and shell: {@code images shell resolution halves truth expected}, the
	 * resolution in Å, the correlations between halves and with the truth, and that between halves which the truth
	 * allows.
	 */
	public static void writeCurves(final Path target, final List<HalfCurves> all) {
		final StringBuilder table = new StringBuilder(TabSeparated.line(IMAGES, "shell", "resolution", "halves", "truth",
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
		final StringBuilder table = new StringBuilder(TabSeparated.line(IMAGES, HALVES_SEVENTH, HALVES_HALF, TRUTH_HALF,
			TRUTH_SEVENTH, INFLATION));
		for (final HalfCurves curves : all) table.append(TabSeparated.line(curves.name(), TabSeparated.decimals(6, curves
			.halvesAngstrom(), curves.halves().resolutionAngstrom(ShellCorrelation.HALF), curves.truthAngstrom(), curves
				.truth() == null ? Double.NaN : curves.truth().resolutionAngstrom(ShellCorrelation.ONE_SEVENTH), curves
					.inflation())));
		TextFile.write(target, table.toString());
	}

	/**
	 * Reads a summary that {@link #writeSummary} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Summary> readSummary(final Path table) {
		return TsvTable.read(table).map(row -> new Summary(row.text(IMAGES), row.number(HALVES_SEVENTH), row.number(
			HALVES_HALF), row.number(TRUTH_HALF), row.number(TRUTH_SEVENTH), row.number(INFLATION)));
	}
}
