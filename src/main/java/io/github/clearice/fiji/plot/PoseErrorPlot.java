package io.github.clearice.fiji.plot;

import io.github.clearice.reconstruct.pose.PoseErrors;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ij.gui.Plot;

/** Draws histograms of the angular errors of poses, one line for each set of particles. */
public final class PoseErrorPlot {

	private static final int WIDTH = 620, HEIGHT = 420;
	private static final int LINE_PIXELS = 2;
	private static final double ABOVE = 1.45;

	private PoseErrorPlot() {}

	/** @param degrees of each set, by the name that the legend gives it */
	public static Plot draw(final Map<String, double[]> degrees) {
		final Plot plot = new Plot("Errors of poses", "angle between found and true orientation (degrees)",
			"share of particles (%)");
		plot.setSize(WIDTH, HEIGHT);
		final List<PoseErrors.Histogram> histograms = degrees.values().stream().map(PoseErrors.Histogram::of).toList();
		final double top = ABOVE * histograms.stream().mapToDouble(PoseErrorPlot::highest).max().orElse(1);
		final PoseErrors.Histogram any = histograms.get(0);
		plot.setLimits(any.fromDegree(0), any.toDegree(any.size() - 1), 0, top);
		plot.setAxisXLog(true);
		plot.setLineWidth(LINE_PIXELS);
		final List<String> legend = new ArrayList<>();
		for (final Map.Entry<String, double[]> set : degrees.entrySet()) {
			plot.setColor(CurvePicture.colour(legend.size()));
			addSteps(plot, histograms.get(legend.size()));
			legend.add(String.format(Locale.ROOT, "%s: median %.2g°, %.1f %% wrong", set.getKey(), PoseErrors.median(set
				.getValue()), 100.0 * PoseErrors.wrong(set.getValue()) / set.getValue().length));
		}
		plot.setColor(Color.GRAY);
		plot.setLineWidth(1);
		plot.drawDottedLine(PoseErrors.WRONG_DEGREE, 0, PoseErrors.WRONG_DEGREE, top, 2);
		plot.setColor(Color.BLACK);
		plot.addLegend(String.join("\n", legend), "top-left");
		return plot;
	}

	private static double highest(final PoseErrors.Histogram histogram) {
		double highest = 0;
		for (int bin = 0; bin < histogram.size(); bin++) highest = Math.max(highest, 100 * histogram.share(bin));
		return highest;
	}

	private static void addSteps(final Plot plot, final PoseErrors.Histogram histogram) {
		final double[] x = new double[2 * histogram.size()], y = new double[x.length];
		for (int bin = 0; bin < histogram.size(); bin++) {
			x[2 * bin] = histogram.fromDegree(bin);
			x[2 * bin + 1] = histogram.toDegree(bin);
			y[2 * bin] = y[2 * bin + 1] = 100 * histogram.share(bin);
		}
		plot.add("line", x, y);
	}
}
