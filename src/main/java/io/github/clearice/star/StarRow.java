package io.github.clearice.star;

import java.util.List;

/** The cells of one row by the label of their column. */
record StarRow(StarTable table, int row, List<String> cells) {

	String text(final String column, final String absent) {
		final int index = table.indexOf(column);
		return index < 0 ? absent : cells.get(index);
	}

	double number(final String column, final double absent) {
		final int index = table.indexOf(column);
		return index < 0 ? absent : table.number(row, column, cells.get(index));
	}

	int wholeNumber(final String column, final int absent) {
		final int index = table.indexOf(column);
		return index < 0 ? absent : table.wholeNumber(row, column, cells.get(index));
	}

	int line() {
		return table.line(row);
	}

	StarException error(final String column, final String problemAndRemedy) {
		return table.error(row, column, problemAndRemedy);
	}
}
