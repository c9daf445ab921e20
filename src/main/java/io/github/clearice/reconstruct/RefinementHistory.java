package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The results of the iterations of a refinement.
 *
 * @param truth the true map, or null
 * @param listed table with the true angles, or null
 */
public record RefinementHistory(Volume truth, RelionParticles listed, PointGroup group, List<Row> rows) {

	/** Without iterations yet. */
	public RefinementHistory(final Volume truth, final RelionParticles listed, final PointGroup group) {
		this(truth, listed, group, new ArrayList<>());
	}

	/** Resolutions in Å, angles in degrees; NaN where the truth is not known. */
	public record Row(Refinement.Step step, double truth05, double medianError, long wrong) {}

	public void add(final Refinement.Step step) {
		final double[] errors = truth == null || listed == null ? null : PoseErrors.degrees(listed, step.poses(), group);
		rows.add(new Row(step, truth == null ? Double.NaN : ShellCorrelation.of(step.maps().whole(), truth)
			.resolutionAngstrom(ShellCorrelation.HALF), errors == null ? Double.NaN : PoseErrors.median(errors),
			errors == null ? -1 : PoseErrors.wrong(errors)));
	}

	/** @param number of an iteration, from 1, to describe in a sentence */
	public String describe(final int number) {
		final Row row = rows.get(number - 1);
		return String.format(Locale.ROOT, "Iteration %d: compared to %.1f Å, halves agree to %.2f Å%s%s.", row.step()
			.number(), row.step().bandAngstrom(), row.step().resolutionAngstrom(), Double.isNaN(row.truth05()) ? "" : String
				.format(Locale.ROOT, ", true to %.2f Å", row.truth05()), row.wrong() < 0 ? "" : String.format(Locale.ROOT,
					", median error %.2f degrees, %d wrong by more than 15", row.medianError(), row.wrong()));
	}

	/** Writes a table, a row an iteration. */
	public void write(final Path target) {
		final StringBuilder table = new StringBuilder(TabSeparated.line("iteration", "order", "band", "halves0143",
			"halves05", "score", "turned", "truth05", "medianerror", "wrong"));
		for (final Row row : rows)
			table.append(TabSeparated.line(row.step().number(), row.step().order(), TabSeparated.decimals(4, row.step()
				.bandAngstrom(), row.step().resolutionAngstrom(), row.step().halves().resolutionAngstrom(ShellCorrelation.HALF),
				row.step().medianScore(), row.step().turnedDegree(), row.truth05(), row.medianError()), row.wrong() < 0 ? "NaN"
					: row.wrong()));
		TextFile.write(target, table.toString());
	}
}
