package io.github.clearice.fiji.plot;

import io.github.clearice.evaluate.halves.HalfCurves;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.task.PngFile;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import ij.gui.Plot;

/**
 * Draws the half-set curves beside the true ones: a line for each kind of images, with the correlation between halves
 * to the left and that with the true map to the right.
 */
public final class HalvesPlot {

	private static final int WIDTH = 640, HEIGHT = 440;

	/** Labels of the axis, evenly spaced in frequency. */
	private static final int TICKS = 8;

	private HalvesPlot() {}

	/** Writes the plot as PNG; without a known truth, its left half alone. */
	public static void write(final Path target, final List<HalfCurves> all) {
		final List<BufferedImage> panels = new ArrayList<>();
		panels.add(panel("FSC between half-sets", all, HalfCurves::halves, ShellCorrelation.ONE_SEVENTH));
		if (all.get(0).truth() != null) panels.add(panel("FSC with the true map", all, HalfCurves::truth,
			ShellCorrelation.HALF));
		final int width = panels.stream().mapToInt(BufferedImage::getWidth).sum();
		final BufferedImage picture = new BufferedImage(width, panels.get(0).getHeight(), BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = picture.createGraphics();
		int left = 0;
		for (final BufferedImage panel : panels) {
			graphics.drawImage(panel, left, 0, null);
			left += panel.getWidth();
		}
		graphics.dispose();
		PngFile.write(target, picture);
	}

	private static BufferedImage panel(final String title, final List<HalfCurves> all,
		final Function<HalfCurves, ShellCorrelation> chosen, final double level)
	{
		final ShellCorrelation first = chosen.apply(all.get(0));
		final Plot plot = new Plot(title, resolutions(first), title);
		plot.setFrameSize(WIDTH, HEIGHT);
		plot.setFontSize(14);
		plot.setLimits(0, TICKS, -0.1, 1.05);
		plot.setColor(Color.LIGHT_GRAY);
		for (final double height : new double[] { 0, level }) plot.drawLine(0, height, TICKS, height);
		plot.setLineWidth(2);
		final List<String> legend = new ArrayList<>();
		for (final HalfCurves curves : all) {
			final ShellCorrelation curve = chosen.apply(curves);
			final double[] places = new double[curve.values().length];
			for (int shell = 0; shell < places.length; shell++) places[shell] = 2.0 * TICKS * shell / curve.box();
			plot.setColor(CurvePicture.colour(all.indexOf(curves)));
			plot.add("line", places, curve.values());
			legend.add(String.format(Locale.ROOT, "%s: %.2f Å at %s", curves.name(), curve.resolutionAngstrom(level),
				level));
		}
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend(String.join("\n", legend), "bottom-left");
		return plot.getProcessor().getBufferedImage();
	}

	/** The tick labels, in ImageJ's braces; at frequency 0, the name of the axis. */
	private static String resolutions(final ShellCorrelation curve) {
		final List<String> labels = new ArrayList<>(List.of("resolution (Å)"));
		for (int tick = 1; tick <= TICKS; tick++) labels.add(String.format(Locale.ROOT, "%.3g", 2 * curve
			.pixelSizeAngstrom() * TICKS / tick));
		return "{" + String.join(",", labels) + "}";
	}
}
