package io.github.clearice.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A table of tab-separated values with a line of headings. Columns are found by their headings, so a table may have
 * more of them than a reader knows.
 *
 * @param rows the lines below the headings, in their order
 */
public record TsvTable(List<Row> rows) {

	/**
	 * A line of a table.
	 *
	 * @param file of the table
	 * @param cells by heading
	 */
	public record Row(Path file, Map<String, String> cells) {

		/** @throws InputException if the table has no such column */
		public String text(final String heading) {
			final String cell = cells.get(heading);
			if (cell == null) throw InputException.of(file, "the table has no column " + heading +
				". Run the command that wrote it again.");
			return cell;
		}

		/** @throws InputException if there is no such column, or its cell is not a number */
		public double number(final String heading) {
			return value(heading, Double::valueOf);
		}

		/** @throws InputException if there is no such column, or its cell is not an integer */
		public int integer(final String heading) {
			return value(heading, Integer::valueOf);
		}

		/**
		 * A cell as a value.
		 *
		 * @param parse throws an {@link IllegalArgumentException} or a {@link ParameterException} for other texts
		 * @throws InputException if there is no such column, or its cell is not such a value
		 */
		public <T> T value(final String heading, final Function<String, T> parse) {
			final String cell = text(heading);
			try {
				return parse.apply(cell);
			}
			catch (final IllegalArgumentException | ParameterException e) {
				throw InputException.of(file, InputException.quote(cell) + " is not a value of the column " + heading +
					". Run the command that wrote the table again.", e);
			}
		}
	}

	/**
	 * Reads a table.
	 *
	 * @throws InputException if the file cannot be read or is empty
	 */
	public static TsvTable read(final Path file) {
		return parse(file, lines(file));
	}

	/**
	 * Takes the lines of a table apart.
	 *
	 * @param file where they are from, for messages
	 * @throws InputException if there is none
	 */
	public static TsvTable parse(final Path file, final List<String> lines) {
		if (lines.isEmpty()) throw InputException.of(file, "the table is empty. Run the command that wrote it again.");
		final String[] headings = TabSeparated.cells(lines.get(0));
		return new TsvTable(lines.stream().skip(1).map(line -> row(file, headings, TabSeparated.cells(line))).toList());
	}

	private static List<String> lines(final Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (final IOException e) {
			throw InputException.of(file, "the table cannot be read (" + e.getClass().getSimpleName() +
				"). Run the command that wrote it again.", e);
		}
	}

	private static Row row(final Path file, final String[] headings, final String[] parts) {
		final Map<String, String> cells = new LinkedHashMap<>();
		for (int c = 0; c < headings.length && c < parts.length; c++) cells.put(headings[c], parts[c]);
		return new Row(file, cells);
	}

	/** The rows as records. */
	public <T> List<T> map(final Function<Row, T> record) {
		return rows.stream().map(record).toList();
	}
}
