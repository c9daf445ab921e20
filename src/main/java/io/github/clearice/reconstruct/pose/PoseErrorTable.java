package io.github.clearice.reconstruct.pose;

import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The errors of poses where the true ones are known, particle by particle.
 * <p>
 * Columns: {@code particle angle shift score confidence mismatch wrong}: the number of the particle from 1, the
 * angle between true and found orientation in degrees, the distance of the origins in Å, what the search says itself,
 * and 1 where the angle is above {@link PoseErrors#WRONG_DEGREE}.
 *
 * @param degrees the angles
 * @param shiftsAngstrom the distances
 * @param found the poses
 * @param threshold of the confidence below which a view counts as a mismatch
 */
public record PoseErrorTable(double[] degrees, double[] shiftsAngstrom, List<PoseMatch> found, double threshold) {

	/** The column of the angles. */
	public static final String ANGLE = "angle";

	/**
	 * Compares poses with the true ones.
	 *
	 * @param truth a table of the same particles in the same order
	 * @param symmetry of the particle: orientations that it makes alike are no error
	 * @throws ParameterException if it lists other particles
	 * @throws io.github.clearice.task.InputException if it has no angles
	 */
	public static PoseErrorTable of(final RelionParticles truth, final List<PoseMatch> found, final PointGroup symmetry,
		final double threshold)
	{
		return new PoseErrorTable(PoseErrors.degrees(truth, found, symmetry), PoseErrors.shiftsAngstrom(truth, found),
			found, threshold);
	}

	/** The text of the table: lines of tab-separated values, the names of the columns first. */
	public String format() {
		final StringBuilder table = new StringBuilder(TabSeparated.line("particle", ANGLE, "shift", "score",
			"confidence", "mismatch", "wrong"));
		for (int i = 0; i < degrees.length; i++) table.append(TabSeparated.line(i + 1, TabSeparated.decimals(degrees[i],
			5), TabSeparated.decimals(shiftsAngstrom[i], 4), TabSeparated.decimals(6, found.get(i).score(), found.get(i)
				.confidence()), isMarked(i) ? 1 : 0, PoseErrors.isWrong(degrees[i]) ? 1 : 0));
		return table.toString();
	}

	/** Median, 90 percent and wrong ones in a sentence. */
	public String summary() {
		final double shift = PoseErrors.median(shiftsAngstrom);
		return String.format(Locale.ROOT,
			"Against the truth: median error %.2f degrees, 90 %% below %.1f; %d wrong by more than" +
				" %.0f degrees, %d of them marked, and %d right ones marked%s.", PoseErrors.median(degrees), PoseErrors
					.quantile(degrees, 0.9), PoseErrors.wrong(degrees), PoseErrors.WRONG_DEGREE, marked(true), marked(false),
			Double.isNaN(shift) ? "" : String.format(Locale.ROOT, "; median error of shifts %.2f Å", shift));
	}

	private long marked(final boolean wrong) {
		return IntStream.range(0, degrees.length).filter(i -> isMarked(i) && PoseErrors.isWrong(degrees[i]) == wrong)
			.count();
	}

	private boolean isMarked(final int particle) {
		return PoseTable.isMismatch(found.get(particle), threshold);
	}
}
