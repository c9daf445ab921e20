package io.github.clearice.evaluate.trust;

import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;

/** The table of a trust report: one line for each test. */
public final class TrustTable {

	private static final String TEST = "test", VALUE = "value";

	private TrustTable() {}

	/**
	 * A line of the table.
	 *
	 * @param test name of the test
	 * @param value its number
	 */
	public record Row(String test, double value) {}

	/**
	 * Writes the findings as tab-separated values.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final List<TrustFinding> findings) {
		final StringBuilder text = new StringBuilder(TabSeparated.line(TEST, VALUE, "limit", "passed", "verdict",
			"meaning"));
		for (final TrustFinding finding : findings) text.append(TabSeparated.line(finding.name(), finding.value(), finding
			.limit(), finding.passed(), finding.verdict(), finding.sentence()));
		TextFile.write(target, text.toString());
	}

	/**
	 * Reads a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Row> read(final Path table) {
		return TsvTable.read(table).map(row -> new Row(row.text(TEST), row.number(VALUE)));
	}
}
