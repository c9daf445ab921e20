package io.github.clearice.reproduce;

import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;

/**
 * How well motors are seen in the images of one method: a line of the table of an experiment.
 *
 * @param method that made the images
 * @param sites beside the filament
 * @param motors on them
 * @param areaUnderCurve probability that a site with a motor is denser than one without
 * @param balancedAccuracy mean of the fractions of bound and of free sites that are classified correctly
 * @param leverErrorDegree median error of the angle of levers
 * @param leverStateRight share of levers that are classified correctly as trailing or leading
 * @param tailErrorDegree median error of the direction of tails
 * @param headShare contrast of heads, as a share of that in the true images
 * @param leverShare contrast of levers, likewise
 * @param tailShare contrast of tails, likewise
 */
record MotorSummary(String method, int sites, int motors, double areaUnderCurve, double balancedAccuracy,
	double leverErrorDegree, double leverStateRight, double tailErrorDegree, double headShare, double leverShare,
	double tailShare)
{

	/** @throws io.github.clearice.task.OutputException if the file cannot be written */
	static void write(final Path target, final List<MotorSummary> rows) {
		final StringBuilder table = new StringBuilder(TabSeparated.line("method", "sites", "motors", "auc", "balanced",
			"lever_error_degree", "lever_state_right", "tail_error_degree", "head_share", "lever_share", "tail_share"));
		for (final MotorSummary row : rows) table.append(TabSeparated.line(row.method, row.sites, row.motors, TabSeparated
			.decimals(4, row.areaUnderCurve, row.balancedAccuracy, row.leverErrorDegree, row.leverStateRight,
				row.tailErrorDegree, row.headShare, row.leverShare, row.tailShare)));
		TextFile.write(target, table.toString());
	}

	/**
	 * Reads a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	static List<MotorSummary> read(final Path table) {
		return TsvTable.read(table).map(row -> new MotorSummary(row.text("method"), row.integer("sites"), row.integer(
			"motors"), row.number("auc"), row.number("balanced"), row.number("lever_error_degree"), row.number(
				"lever_state_right"), row.number("tail_error_degree"), row.number("head_share"), row.number("lever_share"), row
					.number("tail_share")));
	}
}
