package io.github.clearice.evaluate.cluster;

import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;

/** How well the clusters of several stacks agree with true classes, as tab-separated values. */
public final class AgreementTable {

	private static final String STACK = "stack", METHOD = "method", RAND = "ari", INFORMATION = "nmi",
			ACCURACY = "accuracy";

	private AgreementTable() {}

	/** A line of the table: a stack, and the method that found its clusters. */
	public record Row(String stack, String method, Agreement agreement) {}

	/**
	 * Writes the columns {@code stack method ari nmi accuracy}.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final List<Row> rows) {
		final StringBuilder table = new StringBuilder(TabSeparated.line(STACK, METHOD, RAND, INFORMATION, ACCURACY));
		for (final Row row : rows) table.append(TabSeparated.line(row.stack, row.method, TabSeparated.decimals(5,
			row.agreement.adjustedRand(), row.agreement.mutualInformation(), row.agreement.accuracy())));
		TextFile.write(target, table.toString());
	}

	/**
	 * Reads a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Row> read(final Path table) {
		return TsvTable.read(table).map(row -> new Row(row.text(STACK), row.text(METHOD), new Agreement(row.number(RAND),
			row.number(INFORMATION), row.number(ACCURACY))));
	}
}
