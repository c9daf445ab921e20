package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TsvTableTest {

	@TempDir
	Path folder;

	@Test
	void findsColumnsByTheirHeadings() {
		final TsvTable table = table("extra\tcount\tvalue\tname\nx\t3\tNaN\ta b\ny\t-1\t2.5e3\t\n");
		assertEquals(List.of("a b", ""), table.map(row -> row.text("name")));
		assertEquals(List.of(3, -1), table.map(row -> row.integer("count")));
		assertEquals(List.of(Double.NaN, 2500.0), table.map(row -> row.number("value")));
	}

	@Test
	void saysWhichFileAndColumnAreWrong() {
		final TsvTable.Row row = table("count\tvalue\nmany\n").rows().get(0);
		assertMessage("'many' is not a value of the column count", () -> row.integer("count"));
		assertMessage("the table has no column value", () -> row.number("value"));
		assertMessage("the table has no column name", () -> row.text("name"));
	}

	@Test
	void refusesFilesThatAreNoTables() {
		assertMessage("the table is empty", () -> table(""));
		assertMessage("cannot be read (NoSuchFileException)", () -> TsvTable.read(folder.resolve("none.tsv")));
	}

	private TsvTable table(final String text) {
		TextFile.write(folder.resolve("t.tsv"), text);
		return TsvTable.read(folder.resolve("t.tsv"));
	}

	private void assertMessage(final String part, final Executable work) {
		final String message = assertThrows(InputException.class, work).getMessage();
		assertTrue(message.startsWith(folder.toString()) && message.contains(part) && message.contains("Run the command"),
			message);
	}
}
