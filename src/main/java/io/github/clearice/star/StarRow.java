package io.github.clearice.star;

import io.github.clearice.task.InputException;

/** The cells of one row by the label of their column. */
record StarRow(StarTable table, int row) {

	String text(final String column, final String absent) {
		final int index = table.indexOf(column);
		return index < 0 ? absent : table.get(row, index);
	}

	double number(final String column, final double absent) {
		final int index = table.indexOf(column);
		return index < 0 ? absent : table.number(row, column, table.get(row, index));
	}

	int wholeNumber(final String column, final int absent) {
		final int index = table.indexOf(column);
		return index < 0 ? absent : table.wholeNumber(row, column, table.get(row, index));
	}

	int line() {
		return table.line(row);
	}

	InputException error(final String column, final String problemAndRemedy) {
		return table.error(row, column, problemAndRemedy);
	}
}
