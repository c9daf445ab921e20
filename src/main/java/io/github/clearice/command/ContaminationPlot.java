package io.github.clearice.command;

import io.github.clearice.evaluate.StudyMethod;
import io.github.clearice.evaluate.StudyScores;
import io.github.clearice.simulate.ContaminationType;
import io.github.clearice.task.PngFile;

import ij.gui.Plot;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Plots a score against the contaminated share, a line a method with error bars, as Fig. 3 e to g of Gu et al. 2021. */
final class ContaminationPlot {

	private static final int WIDTH = 620;
	private static final int HEIGHT = 420;
	private static final float LINE_PIXELS = 2;

	/** Told apart by readers who do not tell red from green (Okabe and Ito 2008). */
	private static final List<Color> COLOURS = List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
		new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), Color.BLACK);

	private ContaminationPlot() {}

	/**
	 * Writes a plot as PNG.
	 *
	 * @param label of the score
	 */
	static void write(final Path target, final StudyScores scores, final ContaminationType type, final String label,
		final Function<StudyScores.Row, StudyScores.Score> score)
	{
		final Plot plot = new Plot("Contamination", "contaminated share of the training pairs, type " + type, label);
		plot.setSize(WIDTH, HEIGHT);
		plot.setLineWidth(LINE_PIXELS);
		final List<StudyScores.Row> rows = scores.rows().stream().filter(row -> row.type() == type).toList();
		final List<StudyMethod> methods = rows.stream().map(StudyScores.Row::method).distinct().toList();
		final List<Double> lows = new ArrayList<>(), highs = new ArrayList<>();
		for (final StudyMethod method : methods) {
			final List<StudyScores.Row> line = rows.stream().filter(row -> row.method().equals(method)).toList();
			plot.setColor(colour(methods.indexOf(method)));
			final double[] means = line.stream().mapToDouble(row -> score.apply(row).mean()).toArray();
			final double[] deviations = line.stream().mapToDouble(row -> finite(score.apply(row).deviation())).toArray();
			plot.add("line", line.stream().mapToDouble(StudyScores.Row::fraction).toArray(), means);
			plot.setLabel(-1, method.label());
			plot.addErrorBars(deviations);
			for (int i = 0; i < means.length; i++) {
				lows.add(means[i] - deviations[i]);
				highs.add(means[i] + deviations[i]);
			}
		}
		limit(plot, rows, lows, highs);
		plot.setColor(Color.BLACK);
		plot.addLegend(String.join("\n", methods.stream().map(StudyMethod::label).toList()), "auto");
		save(plot, target);
	}

	/** The colour of a line, from 0. */
	static Color colour(final int line) {
		return COLOURS.get(line % COLOURS.size());
	}

	private static double finite(final double deviation) {
		return Double.isNaN(deviation) ? 0 : deviation;
	}

	/** Leaves room beside the first and the last share, and around the bars. */
	private static void limit(final Plot plot, final List<StudyScores.Row> rows, final List<Double> lows,
		final List<Double> highs)
	{
		final double first = rows.stream().mapToDouble(StudyScores.Row::fraction).min().orElse(0);
		final double last = rows.stream().mapToDouble(StudyScores.Row::fraction).max().orElse(1);
		final double low = lows.stream().mapToDouble(v -> v).min().orElse(0);
		final double high = highs.stream().mapToDouble(v -> v).max().orElse(1);
		final double besides = Math.max(.01, .04 * (last - first)), around = Math.max(1e-6, .06 * (high - low));
		plot.setLimits(first - besides, last + besides, low - around, high + around);
	}

	static void save(final Plot plot, final Path target) {
		PngFile.write(target, plot.getProcessor().getBufferedImage());
	}
}
