package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * One table of a STAR file: labelled columns of text. A block of single values
 * ({@code _label value}) is a table of one row that is no loop. Labels are
 * without their underscore, such as {@code rlnImageName}. Unchangeable.
 */
public final class StarTable {

	private final String file;
	private final String name;
	private final boolean loop;
	private final int version;
	private final List<String> columns;
	private final Map<String, Integer> indices = new HashMap<>();
	private static final int ROWS_AT_ONCE = 1000;

	private final PackedRows cells;

	/** @param version number after RELION's {@code # version}, or 0 */
	StarTable(final String file, final String name, final boolean loop, final int version, final List<String> columns,
		final PackedRows cells)
	{
		this.file = file;
		this.name = name;
		this.loop = loop;
		this.version = version;
		this.columns = List.copyOf(columns);
		this.cells = cells;
		for (int i = 0; i < columns.size(); i++) indices.put(columns.get(i), i);
	}

	/** A new loop without rows. */
	public static Builder loop(final String name, final String... columns) {
		return new Builder(name, List.of(columns));
	}

	/** What follows {@code data_}; may be empty. */
	public String name() {
		return name;
	}

	/** Whether this is a {@code loop_}, not a block of single values. */
	public boolean isLoop() {
		return loop;
	}

	/** The version that RELION wrote above the table, such as 30001; 0 if there is none. */
	public int version() {
		return version;
	}

	/** The labels in their order. */
	public List<String> columns() {
		return columns;
	}

	public boolean has(final String column) {
		return indices.containsKey(column);
	}

	public int rows() {
		return cells.rows();
	}

	/** Line of the file on which a row stands, counted from 1; 0 where it comes from no file. */
	public int line(final int row) {
		return cells.line(row);
	}

	/**
	 * The text of a cell, without quotes.
	 *
	 * @throws InputException if there is no such column
	 */
	public String get(final int row, final String column) {
		return cells.get(row, index(column));
	}

	/**
	 * The number in a cell.
	 *
	 * @throws InputException if there is no such column, or its text is not a finite number
	 */
	public double getDouble(final int row, final String column) {
		return number(row, column, get(row, column));
	}

	/**
	 * The whole number in a cell; {@code 2.000000} is one.
	 *
	 * @throws InputException if there is no such column, or its text is not a whole number
	 */
	public int getInt(final int row, final String column) {
		return wholeNumber(row, column, get(row, column));
	}

	/** The text of all cells of a row, in the order of the columns. */
	public List<String> row(final int row) {
		final List<String> texts = new ArrayList<>(columns.size());
		cells.get(row, columns.size(), texts);
		return Collections.unmodifiableList(texts);
	}

	/** Position of a column, or -1. */
	int indexOf(final String column) {
		return indices.getOrDefault(column, -1);
	}

	/** The text of a cell by the position of its column. */
	String get(final int row, final int column) {
		return cells.get(row, column);
	}

	/**
	 * This table with one column set anew; a label that is not there yet becomes the last. Other values keep their bytes.
	 *
	 * @throws InputException if a value has line breaks, which STAR loops cannot hold
	 */
	public StarTable withColumn(final String column, final IntFunction<String> values) {
		return withCells(column, row -> StarText.quoted(values.apply(row)));
	}

	/** The same with all values of the column in single quotes. */
	StarTable withQuotedColumn(final String column, final IntFunction<String> values) {
		return withCells(column, row -> StarText.inSingleQuotes(values.apply(row)));
	}

	private StarTable withCells(final String column, final IntFunction<String> cellsOfColumn) {
		final List<String> all = new ArrayList<>(columns);
		if (!has(column)) all.add(column);
		final int index = all.indexOf(column);
		final PackedRows changed = new PackedRows();
		for (int i = 0; i < rows(); i++) changed.add(cells, i, columns.size(), index, cellsOfColumn
			.apply(i));
		return new StarTable(file, name, loop, version, all, changed);
	}

	/** Some rows of this table, in the order given. */
	public StarTable withRows(final int... rows) {
		return new StarTable(file, name, loop, version, columns, cells.chosen(rows));
	}

	/** This table with the file and lines of another of as many rows, for messages. */
	StarTable at(final StarTable other) {
		final PackedRows placed = new PackedRows();
		final List<String> row = new ArrayList<>();
		for (int i = 0; i < rows(); i++) {
			cells.get(i, columns.size(), row);
			placed.add(row, other.line(i));
		}
		return new StarTable(other.file, name, loop, version, columns, placed);
	}

	/** This table as part of a file, for messages. */
	StarTable in(final String path) {
		return new StarTable(path, name, loop, version, columns, cells);
	}

	/** This table under another version number, which RELION looks at. */
	public StarTable withVersion(final int newVersion) {
		return new StarTable(file, name, loop, newVersion, columns, cells);
	}

	/** As {@link #withColumn}, but the rows are written at once, a few at a time, and not kept. */
	void writeRows(final OutputStream out, final String column, final IntFunction<String> values) throws IOException {
		final int index = has(column) ? indexOf(column) : columns.size();
		for (int first = 0; first < rows(); first += ROWS_AT_ONCE) {
			final PackedRows some = new PackedRows();
			for (int i = first; i < Math.min(rows(), first + ROWS_AT_ONCE); i++) some.add(cells, i, columns.size(), index,
				StarText.quoted(values.apply(i)));
			new StarTable(file, name, loop, version, columns, some).writeRows(out);
		}
	}

	/** Writes all rows, one on a line, as they are. */
	void writeRows(final OutputStream out) throws IOException {
		for (int row = 0; row < rows(); row++) {
			out.write(cells.chunk(row), cells.start(row), cells.end(row) - cells.start(row));
			out.write('\n');
		}
	}

	/** An error about one cell of this table. */
	InputException error(final int row, final String column, final String problemAndRemedy) {
		return InputException.at(file, line(row), column, problemAndRemedy);
	}

	double number(final int row, final String column, final String text) {
		try {
			final double number = Double.parseDouble(text);
			// Java takes "1d" and "0x1p3" for numbers, which no other program does.
			final char last = text.charAt(text.length() - 1);
			if (Double.isFinite(number) && (Character.isDigit(last) || last == '.') && text.indexOf('x') < 0 && text.indexOf(
				'X') < 0) return number;
		}
		catch (final NumberFormatException e) {
			// Falls through to the one message for all that is not a number.
		}
		throw error(row, column, "\"" + text + "\" is not a number. Correct the value.");
	}

	int wholeNumber(final int row, final String column, final String text) {
		final double number = number(row, column, text);
		if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) throw error(row, column, "\"" + text +
			"\" is not a whole number. Correct the value.");
		return (int) number;
	}

	private int index(final String column) {
		final Integer index = indices.get(column);
		if (index == null) throw InputException.at(file, 0, null, "the table data_" + name + " has no column " + column +
			". Its columns are " + String.join(" ", columns) + ".");
		return index;
	}

	/** Collects the rows of a new table. */
	public static final class Builder {

		private final String name;
		private final List<String> columns;
		private final PackedRows cells = new PackedRows();

		private Builder(final String name, final List<String> columns) {
			this.name = name;
			this.columns = columns;
		}

		/**
		 * Appends a row.
		 *
		 * @throws IllegalArgumentException if there are not as many values as columns
		 * @throws InputException if a value has line breaks or both kinds of quotes, which STAR loops cannot hold
		 */
		public Builder add(final String... values) {
			if (values.length != columns.size()) throw new IllegalArgumentException("The table data_" + name + " has " +
				columns.size() + " columns, not " + values.length + ".");
			cells.add(List.of(values), 0);
			return this;
		}

		/** The finished table. */
		public StarTable build() {
			return new StarTable("new table", name, true, 0, columns, cells);
		}
	}

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
}
