package io.github.clearice.reproduce;

import java.nio.file.Path;
import java.util.List;

/** Draws curves into a picture. */
@FunctionalInterface
public interface LinePlot {

	/**
	 * A curve.
	 *
	 * @param name for the legend
	 * @param y as many values as x; those that are no number are left out
	 * @param errors half the lengths of error bars; null for none
	 */
	record Series(String name, double[] x, double[] y, double[] errors) {}

	/**
	 * Writes a PNG picture.
	 *
	 * @param across label of the horizontal axis
	 * @param upwards label of the vertical axis
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	void write(Path target, String across, String upwards, List<Series> curves);
}
