package io.github.clearice.command;

import ij.gui.Plot;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Draws points on the first two principal components, coloured by class. */
final class ScatterPlot {

	private static final int SIZE = 480;

	private ScatterPlot() {}

	/**
	 * Writes a plot as PNG.
	 *
	 * @param coordinates {@code [point][component]}, at least two components
	 * @param classes of the points, from 0
	 * @param names of the classes
	 */
	static void write(final Path target, final double[][] coordinates, final int[] classes, final List<String> names) {
		final Plot plot = new Plot("Components", "first component", "second component");
		plot.setSize(SIZE, SIZE);
		for (int c = 0; c < names.size(); c++) {
			final int wanted = c;
			final int[] members = IntStream.range(0, classes.length).filter(i -> classes[i] == wanted).toArray();
			plot.setColor(CurvePicture.colour(c), CurvePicture.colour(c));
			plot.setLineWidth(1);
			plot.add("circle", IntStream.of(members).mapToDouble(i -> coordinates[i][0]).toArray(), IntStream.of(members)
				.mapToDouble(i -> coordinates[i][1]).toArray());
		}
		plot.setColor(Color.BLACK);
		plot.setLimitsToFit(false);
		plot.addLegend(String.join("\n", names), "auto");
		CurvePicture.save(plot, target);
	}
}
