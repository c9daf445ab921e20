package io.github.clearice.fiji.plot;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.reconstruct.ResolutionCurves;

import java.awt.Color;

import ij.gui.Plot;

/** Draws the correlation of volumes against frequency, with its thresholds. */
public final class CorrelationPlot {

	private static final int WIDTH = 720, HEIGHT = 440;

	private CorrelationPlot() {}

	public static Plot draw(final String title, final ResolutionCurves curves) {
		final ShellCorrelation curve = curves.corrected();
		final boolean known = !Double.isNaN(curve.pixelSizeAngstrom());
		final double end = frequency(curve, curve.values().length - 1);
		final Plot plot = new Plot(title, known ? "Spatial frequency (1/Å)" : "Shell", "Fourier shell correlation");
		plot.setSize(WIDTH, HEIGHT);
		plot.setFontSize(14);
		plot.setLimits(0, end, -0.1, 1.05);
		plot.setColor(Color.LIGHT_GRAY);
		plot.setLineWidth(1);
		for (final double level : new double[] { 0, ShellCorrelation.ONE_SEVENTH, ShellCorrelation.HALF }) plot.drawLine(0,
			level, end, level);
		plot.setLineWidth(2);
		final StringBuilder legend = new StringBuilder();
		if (curves.masked() != null) {
			add(plot, legend, curves.unmasked(), "unmasked", new Color(0x4477aa));
			add(plot, legend, curves.masked(), "masked", new Color(0x228833));
			add(plot, legend, curves.randomised(), "masked, random phases", new Color(0xee6677));
		}
		final String resolution = curve.describeCrossing(ShellCorrelation.ONE_SEVENTH) + " at 0.143, " +
			curve.describeCrossing(ShellCorrelation.HALF) + " at 0.5";
		add(plot, legend, curve, (curves.masked() == null ? "" : "corrected: ") + resolution, Color.BLACK);
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend(legend.toString(), "top-right");
		return plot;
	}

	private static void add(final Plot plot, final StringBuilder legend, final ShellCorrelation curve, final String name,
		final Color colour)
	{
		final double[] frequencies = new double[curve.values().length];
		for (int shell = 0; shell < frequencies.length; shell++) frequencies[shell] = frequency(curve, shell);
		plot.setColor(colour);
		plot.add("line", frequencies, curve.values());
		legend.append(legend.length() == 0 ? "" : "\n").append(name);
	}

	/** In 1/Å, or the shell where the pixel size is unknown. */
	private static double frequency(final ShellCorrelation curve, final int shell) {
		return Double.isNaN(curve.pixelSizeAngstrom()) ? shell : curve.frequencyPerAngstrom(shell);
	}
}
