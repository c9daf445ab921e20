package io.github.clearice.fiji.plot;

import io.github.clearice.reproduce.LinePlot;
import io.github.clearice.task.PngFile;

import ij.gui.Plot;

import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws curves with error bars. */
public final class CurvePicture {

	private static final int WIDTH = 620;
	private static final int HEIGHT = 420;
	private static final float LINE_PIXELS = 2;
	private static final int FONT_SIZE = 14;

	/** Margin on either side of the values, as a part of their range. */
	private static final double SHARE_BESIDE = .06;

	/** The least range of values that is no rounding error, as a part of their size. */
	private static final double SMALLEST_SPREAD = 1e-6;

	/** Curves of no more points show each point. */
	private static final int MOST_MARKED = 24;

	/** Distinguishable by readers who are red-green colour-blind (Okabe and Ito 2008). */
	private static final List<Color> COLOURS = List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
		new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), Color.BLACK);

	private CurvePicture() {}

	/** @param title of its window */
	public static Plot draw(final String title, final String across, final String upwards,
		final List<LinePlot.Series> curves) {
		final Plot plot = new Plot(title, across, upwards);
		plot.setSize(WIDTH, HEIGHT);
		plot.setFontSize(FONT_SIZE);
		plot.setLineWidth(LINE_PIXELS);
		for (final LinePlot.Series curve : curves) {
			final Color colour = colour(curves.indexOf(curve));
			plot.setColor(colour, colour);
			plot.add(curve.x().length > MOST_MARKED ? "line" : "connected circle", curve.x(), curve.y());
			plot.setLabel(-1, curve.name());
			if (Arrays.stream(errors(curve)).anyMatch(error -> error > 0)) plot.addErrorBars(errors(curve));
		}
		limit(plot, curves);
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend(String.join("\n", curves.stream().map(LinePlot.Series::name).toList()), "auto");
		return plot;
	}

	/** The colour of a line, from 0. */
	public static Color colour(final int line) {
		return COLOURS.get(line % COLOURS.size());
	}

	private static double[] errors(final LinePlot.Series curve) {
		return curve.errors() == null ? new double[curve.y().length] : Arrays.stream(curve.errors()).map(error -> Double
			.isNaN(error) ? 0 : error).toArray();
	}

	/** Leaves room beside the first and the last value, and around the bars. */
	private static void limit(final Plot plot, final List<LinePlot.Series> curves) {
		final double[] across = curves.stream().flatMapToDouble(curve -> Arrays.stream(curve.x())).toArray();
		final double[] lows = curves.stream().flatMapToDouble(curve -> ends(curve, -1)).toArray();
		final double[] highs = curves.stream().flatMapToDouble(curve -> ends(curve, 1)).toArray();
		final double first = Arrays.stream(across).min().orElse(0), last = Arrays.stream(across).max().orElse(1);
		final double low = Arrays.stream(lows).min().orElse(0), high = Arrays.stream(highs).max().orElse(1);
		final double besides = margin(first, last), around = margin(low, high);
		plot.setLimits(first - besides, last + besides, low - around, high + around);
	}

	/**
	 * The room beside the first and the last value on an axis. Values equal within rounding get an axis as wide as their
	 * magnitude.
	 */
	static double margin(final double first, final double last) {
		final double size = Math.max(Math.abs(first), Math.abs(last));
		if (last - first > SMALLEST_SPREAD * size) return SHARE_BESIDE * (last - first);
		return size > 0 ? size / 2 : 1;
	}

	private static DoubleStream ends(final LinePlot.Series curve, final int side) {
		final double[] errors = errors(curve), y = curve.y();
		final double[] ends = new double[y.length];
		for (int i = 0; i < y.length; i++) ends[i] = y[i] + side * errors[i];
		return Arrays.stream(ends).filter(Double::isFinite);
	}

	/** Writes a plot as PNG. */
	public static void save(final Plot plot, final Path target) {
		PngFile.write(target, plot.getProcessor().getBufferedImage());
	}
}
