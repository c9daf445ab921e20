package io.github.clearice.command;

import io.github.clearice.evaluate.QualityScores;
import io.github.clearice.evaluate.StackQuality;

import java.awt.GraphicsEnvironment;
import java.util.List;

import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;

/**
 * Scores in ImageJ's own table of results, where macros read them by
 * {@code getResult("psnr", 0)}: a row a stack, the mean and, with {@code _sd}, the
 * standard deviation of each score over the images.
 */
final class ScoresTable {

	private static final int DECIMALS = 4;

	private ScoresTable() {}

	/** Replaces what the table holds, and shows it where there is a display. */
	static void show(final List<StackQuality> stacks) {
		final ResultsTable table = of(stacks);
		Analyzer.setResultsTable(table);
		if (!GraphicsEnvironment.isHeadless()) table.show("Results");
	}

	static ResultsTable of(final List<StackQuality> stacks) {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(DECIMALS);
		for (final StackQuality stack : stacks) {
			table.addRow();
			table.addValue("stack", stack.name());
			table.addValue("images", stack.images().size());
			final double[] means = stack.mean().values();
			final double[] deviations = stack.standardDeviation().values();
			for (int i = 0; i < means.length; i++) {
				table.addValue(QualityScores.COLUMNS.get(i), means[i]);
				table.addValue(QualityScores.COLUMNS.get(i) + "_sd", deviations[i]);
			}
		}
		return table;
	}
}
