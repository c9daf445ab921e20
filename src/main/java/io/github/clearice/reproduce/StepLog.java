package io.github.clearice.reproduce;

import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which steps of a run are finished, and how long each took. */
final class StepLog {

	private static final String HEADINGS = TabSeparated.line("seconds", "line");

	private final Path file;
	private final Map<String, Double> seconds = new LinkedHashMap<>();

	StepLog(final Path folder) {
		file = folder.resolve("steps.tsv");
		if (Files.exists(file)) for (final TsvTable.Row row : TsvTable.read(file).rows()) seconds.put(row.text("line"), row
			.number("seconds"));
	}

	boolean isFinished(final Step step) {
		return seconds.containsKey(step.line());
	}

	/** Seconds of all finished steps. */
	double total() {
		return seconds.values().stream().mapToDouble(value -> value).sum();
	}

	void finish(final Step step, final double tookSeconds) {
		seconds.put(step.line(), tookSeconds);
		final StringBuilder text = new StringBuilder(HEADINGS);
		seconds.forEach((line, time) -> text.append(TabSeparated.line(Finding.number(time, 1), line)));
		TextFile.write(file, text.toString());
	}
}
