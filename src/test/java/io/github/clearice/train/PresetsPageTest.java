package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.Preset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** The table of presets in the documentation agrees with the code. */
class PresetsPageTest {

	private static final Path PAGE = Path.of("src/site/markdown/training.md");

	@Test
	void tableHoldsTheOptionsOfEveryPreset() throws IOException {
		final List<List<String>> table = table();
		final List<String> names = table.get(0).stream().skip(1).toList();
		assertEquals(Arrays.stream(Preset.values()).map(Preset::label).toList(), names);
		for (int column = 1; column <= names.size(); column++) {
			final Map<String, String> options = Preset.named(names.get(column - 1)).options().toMap();
			for (final List<String> row : table.subList(2, table.size())) {
				final String told = row.get(column);
				final String actual = options.getOrDefault(row.get(0), "");
				assertTrue(told.equals(actual) || isSameNumber(told, actual), PAGE + " says " + row.get(0) + "=" + told +
					" for " + names.get(column - 1) + ", which has " + actual);
			}
		}
		final List<String> rows = table.stream().map(row -> row.get(0)).toList();
		assertTrue(rows.containsAll(Gan.allOptions()), rows.toString());
	}

	private static boolean isSameNumber(final String told, final String actual) {
		try {
			return Double.parseDouble(told) == Double.parseDouble(actual);
		}
		catch (final NumberFormatException noNumbers) {
			return false;
		}
	}

	/** Cells without their ticks, the header and its line first. */
	private static List<List<String>> table() throws IOException {
		final List<List<String>> table = new ArrayList<>();
		boolean inside = false;
		for (final String line : Files.readAllLines(PAGE, StandardCharsets.UTF_8)) {
			inside |= line.startsWith("| option | `fast`");
			if (inside && !line.startsWith("|")) break;
			if (inside) table.add(Arrays.stream(line.substring(1, line.length() - 1).split("\\|")).map(cell -> cell.replace(
				"`", "").trim()).toList());
		}
		assertTrue(table.size() > 3, "no table of presets in " + PAGE);
		return table;
	}
}
