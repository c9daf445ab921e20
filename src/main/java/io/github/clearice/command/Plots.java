package io.github.clearice.command;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.evaluate.halves.HalfCurves;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reproduce.LinePlot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Draws results. It writes files without a display too. */
public interface Plots extends LinePlot {

	/** A plot that was drawn. */
	interface Plot {

		/** Writes it as PNG. */
		void write(Path target);

		/** The plot as an image, to be shown. */
		OpenImage image();
	}

	/**
	 * Curves with error bars.
	 *
	 * @param title of the window
	 * @param across label of the horizontal axis
	 * @param upwards label of the vertical axis
	 */
	Plot curves(String title, String across, String upwards, List<Series> curves);

	/**
	 * Points on the first two principal components, coloured by class.
	 *
	 * @param title of the window
	 * @param coordinates {@code [point][component]}, at least two components
	 * @param classes of the points, from 0
	 * @param names of the classes
	 */
	Plot scatter(String title, double[][] coordinates, int[] classes, List<String> names);

	/** The correlation of volumes against frequency, with its thresholds. */
	Plot correlation(String title, ResolutionCurves curves);

	/**
	 * Histograms of the angular errors of poses.
	 *
	 * @param degrees of each set, by the name that the legend gives it
	 */
	Plot poseErrors(Map<String, double[]> degrees);

	/** Writes the half-set curves beside the true ones, as PNG. */
	void writeHalves(Path target, List<HalfCurves> curves);

	/**
	 * Writes a trust report as a page that needs nothing beside it.
	 *
	 * @param model the model tested
	 * @param data the test data
	 * @param box edge length in pixels of the images that findings show
	 */
	void writeTrust(Path target, String model, String data, int box, double pixelSizeAngstrom,
		List<TrustFinding> findings);

	/**
	 * Writes the card of a model as a page that needs nothing beside it.
	 *
	 * @param facts by name
	 * @param samples particles before and after; null if there are none
	 * @param trust the table of its trust report; empty if there is none
	 */
	void writeCard(Path target, String model, Map<String, String> facts, Montage samples, List<TrustTable.Row> trust);
}
