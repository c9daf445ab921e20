package io.github.clearice.evaluate.contamination;

import io.github.clearice.evaluate.StudySettings;
import io.github.clearice.metrics.EvaluationTable;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.metrics.StackQuality;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Keeps what a study has finished: a table of scores for each cell, which appears when the cell is finished, and the
 * settings common to all cells.
 */
final class StudyFolder {

	private static final String CELLS = "cells";

	private final Path folder;

	/**
	 * Opens a folder, to begin or to continue.
	 *
	 * @throws ParameterException if it holds a study of other settings
	 */
	StudyFolder(final Path folder, final Map<String, String> settings) {
		this.folder = folder;
		StudySettings.require(folder, settings);
	}

	boolean isFinished(final StudyCell cell) {
		return Files.exists(table(cell));
	}

	void finish(final StudyCell cell, final StackQuality quality) {
		EvaluationTable.write(table(cell), List.of(quality.named(cell.name())));
	}

	/** @throws ParameterException if the table has been altered */
	List<QualityScores> scores(final StudyCell cell) {
		return EvaluationTable.read(table(cell));
	}

	/**
	 * The scores of a finished cell of a study.
	 *
	 * @throws InputException if the table is missing, or has been altered
	 */
	static List<QualityScores> read(final Path folder, final StudyCell cell) {
		try {
			return EvaluationTable.read(table(folder, cell));
		}
		catch (final ParameterException e) {
			throw new InputException(e.getMessage(), e);
		}
	}

	/** Where the model of a cell is written while it is not finished. */
	Path model(final StudyCell cell) {
		return folder.resolve(CELLS).resolve(cell.name() + ".clearice");
	}

	private Path table(final StudyCell cell) {
		return table(folder, cell);
	}

	private static Path table(final Path folder, final StudyCell cell) {
		return folder.resolve(CELLS).resolve(cell.name() + ".tsv");
	}
}
