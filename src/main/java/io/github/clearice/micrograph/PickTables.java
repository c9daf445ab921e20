package io.github.clearice.micrograph;

import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.List;

/** Writes the picks, for other programs. */
public final class PickTables {

	/** Rows of a curve, few enough to read the table. */
	private static final int MOST_ROWS = 200;

	private PickTables() {}

	/** Coordinates as RELION reads them, one table a micrograph. */
	public static void writeStar(final Path target, final List<Pick> picks) {
		final StarTable.Builder table = StarTable.loop("", "rlnCoordinateX", "rlnCoordinateY", "rlnAnglePsi",
			"rlnClassNumber", "rlnAutopickFigureOfMerit");
		for (final Pick pick : picks)
			table.add(number(pick.x()), number(pick.y()), number(pick.psiDegree()), "1", number(pick.score()));
		new StarFile(List.of(table.build())).write(target);
	}

	/**
	 * Which coordinates belong to which micrograph, as RELION 4 and 5 read it.
	 *
	 * @param coordinates the files of all micrographs, in their order
	 */
	public static void writeList(final Path target, final RelionMicrographs micrographs, final List<Path> coordinates) {
		final StarTable.Builder table = StarTable.loop("coordinate_files", "rlnMicrographName", "rlnMicrographCoordinates");
		for (int i = 0; i < coordinates.size(); i++) table.add(micrographs.name(i), micrographs.nameOf(coordinates.get(i),
			target));
		new StarFile(List.of(table.build())).write(target);
	}

	/** Boxes as EMAN reads them: corner with the least x and y, width and height, one a line. */
	public static void writeBoxes(final Path target, final List<Pick> picks, final int box) {
		final StringBuilder text = new StringBuilder();
		for (final Pick pick : picks) text.append(TabSeparated.line(Math.round(pick.x()) - box / 2, Math.round(pick
			.y()) - box / 2, box, box));
		TextFile.write(target, text.toString());
	}

	/** Head of the table of all picks, to be followed by {@link #rows}. */
	public static String head() {
		return TabSeparated.line("micrograph", "x", "y", "score", "psi");
	}

	/** A row for each pick of a micrograph. */
	public static String rows(final String micrograph, final List<Pick> picks) {
		final StringBuilder text = new StringBuilder();
		for (final Pick pick : picks) text.append(TabSeparated.line(micrograph, TabSeparated.decimals(4, pick.x(), pick
			.y(), pick.score(), pick.psiDegree())));
		return text.toString();
	}

	/** Head of the table of scores, to be followed by {@link #score}. */
	public static String scoreHead() {
		return TabSeparated.line("micrograph", "particles", "picked", "found", "precision", "recall", "f1",
			"averageprecision", "bestthreshold", "bestprecision", "bestrecall", "bestf1");
	}

	/** A table row: precision and recall of the picks of a micrograph, and those at the best threshold. */
	public static String score(final String micrograph, final PickTruth.Score score, final int picked) {
		final int best = score.best();
		return TabSeparated.line(micrograph, score.particles(), picked, score.found(picked), TabSeparated.decimals(4, score
			.precision(picked), score.recall(picked), score.f1(picked), score.averagePrecision(), best == 0 ? Double.NaN
				: score.scores()[best - 1], score.precision(best), score.recall(best), score.f1(best)));
	}

	/** Precision and recall over the threshold. */
	public static String curve(final PickTruth.Score score) {
		final StringBuilder text = new StringBuilder(TabSeparated.line("threshold", "picked", "found", "precision",
			"recall", "f1"));
		final int step = (score.scores().length - 1) / MOST_ROWS + 1;
		for (int picked = step; picked <= score.scores().length; picked += step) text.append(TabSeparated.line(number(
			score.scores()[picked - 1]), picked, score.found(picked), TabSeparated.decimals(4, score.precision(picked), score
				.recall(picked), score.f1(picked))));
		return text.toString();
	}

	private static String number(final double value) {
		return TabSeparated.decimals(value, 4);
	}
}
