package io.github.clearice.fiji.ui;

import io.github.clearice.task.TabSeparated;

import java.awt.GraphicsEnvironment;
import java.util.List;

import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;

/** ImageJ's own table of results, from which macros read by {@code getResult("psnr", 0)}. */
public final class ResultsWindow {

	private static final int DECIMALS = 4;

	private ResultsWindow() {}

	/** Replaces the table's rows, and shows the table if there is a display. */
	public static void show(final ResultsTable table) {
		Analyzer.setResultsTable(table);
		if (!GraphicsEnvironment.isHeadless()) table.show("Results");
	}

	/** An empty table that shows as many decimals as scores have. */
	public static ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(DECIMALS);
		return table;
	}

	/** Shows tab-separated values whose first line names the columns; values that are not numbers are shown as text. */
	public static void show(final List<String> lines) {
		final ResultsTable table = table();
		final String[] columns = TabSeparated.cells(lines.get(0));
		for (final String line : lines.subList(1, lines.size())) {
			final String[] values = TabSeparated.cells(line);
			table.addRow();
			for (int column = 0; column < values.length; column++) add(table, columns[column], values[column]);
		}
		show(table);
	}

	private static void add(final ResultsTable table, final String column, final String value) {
		try {
			table.addValue(column, Double.parseDouble(value));
		}
		catch (final NumberFormatException e) {
			table.addValue(column, value);
		}
	}
}
