package io.github.clearice.fiji.plot;

import io.github.clearice.evaluate.contamination.StudyMethod;
import io.github.clearice.evaluate.contamination.StudyScores;
import io.github.clearice.reproduce.LinePlot;
import io.github.clearice.simulate.ContaminationType;

import ij.gui.Plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Plots a score against the contaminated fraction, one line per method with error bars, as Fig. 3 e to g of Gu et
 * al. 2021.
 */
public final class ContaminationPlot {

	private ContaminationPlot() {}

	/**
	 * Draws the lines of one type.
	 *
	 * @param all rows of the study
	 * @param label of the score
	 */
	public static Plot draw(final List<StudyScores.Row> all, final ContaminationType type, final String label,
		final Function<StudyScores.Row, StudyScores.Score> score)
	{
		final List<StudyScores.Row> rows = all.stream().filter(row -> row.type() == type).toList();
		final List<LinePlot.Series> curves = new ArrayList<>();
		for (final StudyMethod method : rows.stream().map(StudyScores.Row::method).distinct().toList()) {
			final List<StudyScores.Row> line = rows.stream().filter(row -> row.method().equals(method)).toList();
			curves.add(new LinePlot.Series(method.label(), line.stream().mapToDouble(StudyScores.Row::fraction).toArray(),
				line.stream().mapToDouble(row -> score.apply(row).mean()).toArray(), line.stream().mapToDouble(row -> score
					.apply(row).deviation()).toArray()));
		}
		return CurvePicture.draw("Contamination " + type + ", " + label,
			"contaminated fraction of the training pairs (type " +
			type + ")", label, curves);
	}
}
