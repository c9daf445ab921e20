package io.github.clearice.reproduce;

import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A table of tab-separated values with a line of headings, as the verbs write them. */
record TsvTable(List<Row> rows) {

	/** A line of the table, by heading. */
	record Row(Map<String, String> cells) {

		String text(final String heading) {
			final String cell = cells.get(heading);
			if (cell == null) throw new ParameterException("A table has no column " + heading +
				". Run the experiment anew.");
			return cell;
		}

		double number(final String heading) {
			return Double.parseDouble(text(heading));
		}
	}

	/** @throws ParameterException if it cannot be read */
	static TsvTable read(final Path file) {
		try {
			final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
			final String[] headings = TabSeparated.cells(lines.get(0));
			final List<Row> rows = new ArrayList<>();
			for (final String line : lines.subList(1, lines.size())) {
				final String[] parts = TabSeparated.cells(line);
				final Map<String, String> cells = new LinkedHashMap<>();
				for (int c = 0; c < headings.length && c < parts.length; c++) cells.put(headings[c], parts[c]);
				rows.add(new Row(cells));
			}
			return new TsvTable(rows);
		}
		catch (final IOException e) {
			throw new ParameterException("Cannot read the table " + file + " (" + e.getMessage() +
				"). Take its line out of steps.tsv and give the same command again.");
		}
	}

	TsvTable where(final Predicate<Row> wanted) {
		return new TsvTable(rows.stream().filter(wanted).toList());
	}

	TsvTable where(final String heading, final String value) {
		return where(row -> row.text(heading).equals(value));
	}

	/** The first row, of a table that is known to have one. */
	Row first() {
		if (rows.isEmpty()) throw new ParameterException("A table lacks a row. Run the experiment anew.");
		return rows.get(0);
	}
}
