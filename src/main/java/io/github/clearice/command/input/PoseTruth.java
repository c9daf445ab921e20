package io.github.clearice.command.input;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.Plots;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file written beside a table of poses if the true ones are known.
 *
 * @param output the table of poses, whose name the files begin with
 * @param others tables of errors of other particles, to be drawn in the same picture
 */
public record PoseTruth(Path output, List<Path> others) {

	private static final String ERRORS = "-errors.tsv";

	/** Table of errors, table and picture of their histogram. */
	public List<Path> files() {
		return List.of(beside(ERRORS), beside("-histogram.tsv"), beside("-histogram.png"));
	}

	/** Writes all three and returns the picture. */
	public Plots.Plot write(final PoseErrors.Table errors) {
		final Map<String, double[]> sets = new LinkedHashMap<>();
		for (final Path other : others) sets.put(name(other, ERRORS), angles(other));
		sets.put(name(output, ".star"), errors.degrees());
		final Plots.Plot plot = Desktop.get().plots().poseErrors(sets);
		TextFile.write(files().get(0), errors.format());
		TextFile.write(files().get(1), PoseErrors.Histogram.of(errors.degrees()).format());
		plot.write(files().get(2));
		return plot;
	}

	/** Checks that no input would be replaced, and that the tables of other runs are tables of errors. */
	public void require(final List<Path> inputs) {
		final List<Path> read = new ArrayList<>(inputs);
		read.addAll(others);
		for (final Path file : files()) {
			ClearIceCommand.requireApart(file, "output", read);
			AtomicOutput.requireReplaceable(file, file);
		}
		others.forEach(PoseTruth::angles);
	}

	private static double[] angles(final Path table) {
		try {
			final double[] angles = PoseErrors.Table.readDegrees(table);
			if (angles.length > 0) return angles;
		}
		catch (final InputException e) {
			// Reported below, as for tables of errors without particles.
		}
		throw new ParameterException(table +
			" (compare=) is not a table of errors of poses. Give the -errors.tsv of earlier runs.");
	}

	private Path beside(final String ending) {
		return output.resolveSibling(name(output, ".star") + ending);
	}

	private static String name(final Path file, final String ending) {
		final String name = String.valueOf(file.getFileName());
		return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
	}
}
