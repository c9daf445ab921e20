package io.github.clearice.fiji.plot;

import ij.gui.Plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/** Draws points on the first two principal components, coloured by class. */
public final class ScatterPlot {

	private static final int SIZE = 520;
	private static final int FONT_SIZE = 14;

	private ScatterPlot() {}

	/**
	 * Draws the points.
	 *
	 * @param title of the plot's window
	 * @param coordinates {@code [point][component]}, at least two components
	 * @param classes of the points, from 0
	 * @param names of the classes
	 */
	public static Plot draw(final String title, final double[][] coordinates, final int[] classes,
		final List<String> names) {
		final Plot plot = new Plot(title, "first principal component", "second principal component");
		plot.setSize(SIZE, SIZE);
		plot.setFontSize(FONT_SIZE);
		for (int c = 0; c < names.size(); c++) {
			final int wanted = c;
			final int[] members = IntStream.range(0, classes.length).filter(i -> classes[i] == wanted).toArray();
			plot.setColor(CurvePicture.colour(c), CurvePicture.colour(c));
			plot.setLineWidth(1);
			plot.add("circle", IntStream.of(members).mapToDouble(i -> coordinates[i][0]).toArray(), IntStream.of(members)
				.mapToDouble(i -> coordinates[i][1]).toArray());
		}
		plot.setColor(Color.BLACK);
		final double[] first = range(coordinates, 0), second = range(coordinates, 1);
		plot.setLimits(first[0], first[1], second[0], second[1]);
		plot.addLegend(String.join("\n", names), "auto");
		return plot;
	}

	/** The range of a component, with room for the outermost points. */
	private static double[] range(final double[][] coordinates, final int component) {
		final DoubleSummaryStatistics values = Arrays.stream(coordinates).mapToDouble(point -> point[component])
			.summaryStatistics();
		final double room = CurvePicture.margin(values.getMin(), values.getMax());
		return new double[] { values.getMin() - room, values.getMax() + room };
	}
}
