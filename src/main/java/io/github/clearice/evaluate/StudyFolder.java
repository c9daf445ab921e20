package io.github.clearice.evaluate;

import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps what a study has finished: a table of scores for each cell, which appears when the cell is finished, and the
 * settings that all have in common.
 */
final class StudyFolder {

	private static final String SETTINGS = "settings.tsv";
	private static final String CELLS = "cells";

	private final Path folder;

	/**
	 * Opens a folder, to begin or to go on.
	 *
	 * @throws EvaluationException if it holds a study of other settings
	 */
	StudyFolder(final Path folder, final Map<String, String> settings) {
		this.folder = folder;
		final Path file = folder.resolve(SETTINGS);
		if (!Files.exists(file)) {
			TextFile.write(file, lines(settings));
			return;
		}
		final Map<String, String> before = read(file);
		for (final String name : settings.keySet()) {
			if (!Objects.equals(before.get(name), settings.get(name))) throw new EvaluationException(folder +
				" holds a study with " + name + " " + before.get(name) + ", not " + settings.get(name) +
				". Give the same to go on with it, or another output= for a new one.");
		}
	}

	boolean isFinished(final StudyCell cell) {
		return Files.exists(table(cell));
	}

	void finish(final StudyCell cell, final StackQuality quality) {
		EvaluationTable.write(table(cell), List.of(quality.named(cell.name())));
	}

	/** @throws EvaluationException if the table has been altered */
	List<QualityScores> scores(final StudyCell cell) {
		return EvaluationTable.read(table(cell));
	}

	/** Where the model of a cell is written while it is not finished. */
	Path model(final StudyCell cell) {
		return folder.resolve(CELLS).resolve(cell.name() + ".clearice");
	}

	private Path table(final StudyCell cell) {
		return folder.resolve(CELLS).resolve(cell.name() + ".tsv");
	}

	private static String lines(final Map<String, String> settings) {
		final StringBuilder lines = new StringBuilder();
		settings.forEach((name, value) -> lines.append(name).append('\t').append(value.replaceAll("[\t\r\n]", " ")).append(
			'\n'));
		return lines.toString();
	}

	private static Map<String, String> read(final Path file) {
		final Map<String, String> settings = new LinkedHashMap<>();
		try {
			for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
				final int tab = line.indexOf('\t');
				if (tab > 0) settings.put(line.substring(0, tab), line.substring(tab + 1));
			}
		}
		catch (final IOException e) {
			throw new EvaluationException("Cannot read " + file + " (" + e.getMessage() +
				"). Check its permissions, or give another output=.");
		}
		return settings;
	}
}
