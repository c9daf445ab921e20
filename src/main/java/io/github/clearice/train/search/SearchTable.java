package io.github.clearice.train.search;

import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.train.log.AppendedFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The results of a search so far, kept in a file so that it can continue after a crash: tab-separated, one row per
 * setting and round; a first line identifies the search from others.
 */
final class SearchTable {

	/**
	 * How a setting did in a round.
	 *
	 * @param setting its number, from 0
	 * @param round from 0
	 */
	private record Place(int setting, int round) {}

	private final AppendedFile file;
	private final Map<Place, Double> results = new LinkedHashMap<>();

	/**
	 * Begins a table, or continues with that of the same search.
	 *
	 * @param key identifies this search
	 * @param names of the options that are drawn: the last columns
	 * @throws ParameterException if the file is the table of another search
	 * @throws OutputException if it cannot be read or written
	 */
	SearchTable(final Path path, final String key, final List<String> names) {
		final String beginning = "# search " + key + "\n" + TabSeparated.line("setting", "round", "updates", "psnr", names);
		final String known = read(path);
		if (known.isEmpty()) {
			file = new AppendedFile(path, beginning.getBytes(StandardCharsets.UTF_8));
			return;
		}
		if (!known.startsWith(beginning)) throw new ParameterException("The folder " + path.toAbsolutePath().getParent() +
			" holds the search of another command. Remove it, or give another model=.");
		// A row that was cut short is written again.
		final String whole = known.substring(0, known.lastIndexOf('\n') + 1);
		file = new AppendedFile(path, whole.getBytes(StandardCharsets.UTF_8));
		whole.substring(beginning.length()).lines().map(TabSeparated::cells).forEach(cells -> results.put(new Place(Integer
			.parseInt(cells[0]) - 1, Integer.parseInt(cells[1]) - 1), Double.valueOf(cells[3])));
	}

	private static String read(final Path path) {
		try {
			return Files.exists(path) ? Files.readString(path) : "";
		}
		catch (final IOException e) {
			throw OutputException.of(path, e);
		}
	}

	/** The validation PSNR of a setting in dB, NaN where its training diverged; empty before it was trained. */
	OptionalDouble psnr(final int setting, final int round) {
		final Double known = results.get(new Place(setting, round));
		return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
	}

	/**
	 * Adds a result.
	 *
	 * @param values of the options that are drawn, in the order of their names
	 */
	void add(final int setting, final int round, final long updates, final double psnr, final Collection<String> values) {
		// As it is written, so that a search that continues sees the same numbers.
		final double written = Double.parseDouble(String.format(Locale.ROOT, "%.3f", psnr));
		file.append(TabSeparated.line(setting + 1, round + 1, updates, written, values).getBytes(StandardCharsets.UTF_8));
		results.put(new Place(setting, round), written);
	}
}
