package io.github.clearice.reproduce;

import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;

/**
 * How many images of a stack show another view than they should: a line of the table of an experiment.
 *
 * @param images their kind
 * @param count of them
 * @param wrong how many show another view
 * @param wrongShare their share
 * @param low end of its 95 % interval
 * @param high end of it
 * @param medianDegree median angle between the orientation found and the true one
 * @param correlation mean correlation of pixels with the true projections
 * @param correlationLow end of its 95 % interval
 * @param correlationHigh end of it
 */
record ViewSummary(String images, int count, int wrong, double wrongShare, double low, double high,
	double medianDegree, double correlation, double correlationLow, double correlationHigh)
{

	/** The share of wrong views in percent. */
	Effect share(final String label) {
		return new Effect(label, 100 * wrongShare, 100 * low, 100 * high);
	}

	/** The correlation of pixels. */
	Effect correlated(final String label) {
		return new Effect(label, correlation, correlationLow, correlationHigh);
	}

	/** @throws io.github.clearice.task.OutputException if the file cannot be written */
	static void write(final Path target, final List<ViewSummary> rows) {
		final StringBuilder table = new StringBuilder(TabSeparated.line("images", "count", "wrong", "wrong_share", "low",
			"high", "median_degree", "correlation", "correlation_low", "correlation_high"));
		for (final ViewSummary row : rows) table.append(TabSeparated.line(row.images, row.count, row.wrong, TabSeparated
			.decimals(4, row.wrongShare, row.low, row.high), TabSeparated.decimals(row.medianDegree, 2), TabSeparated
				.decimals(4, row.correlation, row.correlationLow, row.correlationHigh)));
		TextFile.write(target, table.toString());
	}

	/**
	 * Reads a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	static List<ViewSummary> read(final Path table) {
		return TsvTable.read(table).map(row -> new ViewSummary(row.text("images"), row.integer("count"), row.integer(
			"wrong"), row.number("wrong_share"), row.number("low"), row.number("high"), row.number("median_degree"), row
				.number("correlation"), row.number("correlation_low"), row.number("correlation_high")));
	}
}
