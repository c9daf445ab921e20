package io.github.clearice.evaluate.trust;

import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;

/** The table of a trust report: one line for each test. */
public final class TrustTable {

	private static final String TEST = "test", VALUE = "value", LIMIT = "limit", VERDICT = "verdict",
			MEANING = "meaning";

	private TrustTable() {}

	/**
	 * A line of the table.
	 *
	 * @param test name of the test
	 * @param value its number
	 * @param limit that the number should keep
	 * @param verdict a word or two
	 * @param meaning of the number, a sentence
	 */
	public record Row(String test, double value, double limit, String verdict, String meaning) {}

	/**
	 * Writes the findings as tab-separated values.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final List<TrustFinding> findings) {
		TextFile.write(target, text(findings));
	}

	/** The findings as tab-separated values. */
	public static String text(final List<TrustFinding> findings) {
		final StringBuilder text = new StringBuilder(TabSeparated.line(TEST, VALUE, LIMIT, "passed", VERDICT, MEANING));
		for (final TrustFinding finding : findings) text.append(TabSeparated.line(finding.name(), finding.value(), finding
			.limit(), finding.passed(), finding.verdict(), finding.sentence()));
		return text.toString();
	}

	/**
	 * Reads a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Row> read(final Path table) {
		return rows(TsvTable.read(table));
	}

	/**
	 * Takes a table apart that {@link #text} made.
	 *
	 * @param source where the text is from, for messages
	 * @throws io.github.clearice.task.InputException if it is no such table
	 */
	public static List<Row> parse(final Path source, final String text) {
		return rows(TsvTable.parse(source, text.lines().toList()));
	}

	private static List<Row> rows(final TsvTable table) {
		return table.map(row -> new Row(row.text(TEST), row.number(VALUE), row.number(LIMIT), row.text(VERDICT), row.text(
			MEANING)));
	}
}
