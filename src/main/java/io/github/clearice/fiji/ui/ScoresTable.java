package io.github.clearice.fiji.ui;

import io.github.clearice.metrics.EvaluationTable;
import io.github.clearice.task.TabSeparated;

import java.util.ArrayList;
import java.util.List;

import ij.measure.ResultsTable;

/**
 * Scores in ImageJ's own table of results: one row per stack, the mean and, with
 * {@code _sd}, the standard deviation of each score over the images.
 */
public final class ScoresTable {

	private static final String DEVIATION = "_sd";

	private ScoresTable() {}

	/** @param lines of a table that {@link EvaluationTable} has written */
	public static ResultsTable of(final List<String> lines) {
		final String[] columns = TabSeparated.cells(lines.get(0));
		final ResultsTable table = ResultsWindow.table();
		final List<Integer> counts = new ArrayList<>();
		for (final String line : lines.subList(1, lines.size())) {
			final String[] fields = TabSeparated.cells(line);
			final int last = counts.size() - 1;
			if (fields[1].equals("1")) counts.add(1);
			else if (fields[1].equals(EvaluationTable.MEAN)) {
				table.addRow();
				table.addValue("stack", fields[0]);
				table.addValue("images", counts.get(table.size() - 1));
				add(table, columns, fields, "");
			}
			else if (fields[1].equals(EvaluationTable.DEVIATION)) add(table, columns, fields, DEVIATION);
			else counts.set(last, counts.get(last) + 1);
		}
		return table;
	}

	private static void add(final ResultsTable table, final String[] columns, final String[] fields,
		final String ending)
	{
		for (int i = EvaluationTable.FIRST_SCORE; i < fields.length; i++)
			table.addValue(columns[i] + ending, Double.parseDouble(fields[i]));
	}
}
