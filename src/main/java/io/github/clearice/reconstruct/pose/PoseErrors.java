package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How far poses lie from those that a table lists, such as the true ones of a simulation. */
public final class PoseErrors {

	/** An orientation with a larger error is wrong, not inexact. */
	public static final double WRONG_DEGREE = 15;

	private PoseErrors() {}

	/**
	 * The angle between found and listed orientation of each particle, the smallest over the symmetry.
	 *
	 * @param listed a table with angles
	 * @throws io.github.clearice.task.InputException if it has none
	 * @throws ParameterException if it lists more or fewer particles than were found
	 */
	public static double[] degrees(final RelionParticles listed, final List<PoseMatch> found, final PointGroup symmetry) {
		requireSame(listed, found.size());
		final double[] degrees = new double[found.size()];
		for (int i = 0; i < degrees.length; i++) {
			final RelionParticle particle = listed.particles().get(i);
			degrees[i] = Rotations.distanceDegree(new Orientation(particle.rotDegree(), particle.tiltDegree(), particle
				.psiDegree()).matrix(), found.get(i).pose().orientation().matrix(), symmetry);
		}
		return degrees;
	}

	/**
	 * Checks that a table can be compared with so many particles.
	 *
	 * @throws io.github.clearice.task.InputException if it has no angles
	 * @throws ParameterException if it lists more or fewer particles
	 */
	public static void requireSame(final RelionParticles listed, final int particles) {
		listed.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		if (listed.size() != particles) throw new ParameterException(listed.file() + " lists " + listed.size() +
			" particles, but there are " + particles + ". Give the true poses of the same particles in the same order.");
	}

	/** The distance in Å between the origins that were found and those listed; NaN where these are in unknown units. */
	public static double[] shiftsAngstrom(final RelionParticles listed, final List<PoseMatch> found) {
		final double[] shifts = new double[found.size()];
		for (int i = 0; i < shifts.length; i++) {
			final RelionParticle particle = listed.particles().get(i);
			shifts[i] = Math.hypot(found.get(i).pose().originXAngstrom() - particle.originXAngstrom(), found.get(i).pose()
				.originYAngstrom() - particle.originYAngstrom());
		}
		return shifts;
	}

	/** The upper median. */
	public static double median(final double[] values) {
		return quantile(values, 0.5);
	}

	/** @param share of the values that are smaller, 0 to below 1 */
	public static double quantile(final double[] values, final double share) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) (share * sorted.length)];
	}

	/** Whether an orientation is wrong. */
	public static boolean isWrong(final double degree) {
		return degree > WRONG_DEGREE;
	}

	/** How many are wrong. */
	public static long wrong(final double[] degrees) {
		return Arrays.stream(degrees).filter(PoseErrors::isWrong).count();
	}

	/**
	 * The errors of poses where the true ones are known, particle by particle.
	 * <p> Columns: {@code particle angle shift score confidence mismatch wrong}: the number of the particle from 1, the
	 * angle between true and found orientation in degrees, the distance of the origins in Å, the search's own confidence
	 * and mismatch, and 1 where the angle is above {@link PoseErrors#WRONG_DEGREE}.
	 *
	 * @param degrees the angles
	 * @param shiftsAngstrom the distances
	 * @param found the poses
	 * @param threshold of the confidence below which a view counts as a mismatch
	 */
	public record Table(double[] degrees, double[] shiftsAngstrom, List<PoseMatch> found, double threshold) {

		private static final String ANGLE = "angle";

		/**
		 * Compares poses with the true ones.
		 *
		 * @param truth a table of the same particles in the same order
		 * @param symmetry of the particle; equivalent orientations are no error
		 * @throws ParameterException if it lists other particles
		 * @throws io.github.clearice.task.InputException if it has no angles
		 */
		public static Table of(final RelionParticles truth, final List<PoseMatch> found, final PointGroup symmetry,
			final double threshold)
		{
			return new Table(PoseErrors.degrees(truth, found, symmetry), PoseErrors.shiftsAngstrom(truth, found),
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

		/**
		 * Reads the angles in degrees from a file with the text of a table.
		 *
		 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
		 */
		public static double[] readDegrees(final Path table) {
			return TsvTable.read(table).rows().stream().mapToDouble(row -> row.number(ANGLE)).toArray();
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

	/**
	 * A histogram of angles of error, in bins with edges a factor of the root of two apart: errors of exact
	 * and of wrong orientations lie three powers of ten apart. One edge is {@link PoseErrors#WRONG_DEGREE}.
	 *
	 * @param counts of the bins, the smallest angles first
	 */
	public record Histogram(long[] counts) {

		/** Bins below and from {@link PoseErrors#WRONG_DEGREE} on. */
		private static final int RIGHT = 20, WRONG = 8;

		/** The histogram of angles in degrees; the first bin includes all smaller ones. */
		public static Histogram of(final double[] degrees) {
			final long[] counts = new long[RIGHT + WRONG];
			for (final double degree : degrees) {
				int bin = 0;
				while (bin < counts.length - 1 && degree > edge(bin + 1)) bin++;
				counts[bin]++;
			}
			return new Histogram(counts);
		}

		/** Number of bins. */
		public int size() {
			return counts.length;
		}

		/** Where a bin begins, in degrees; that of the first is for drawing, as it begins at 0. */
		public double fromDegree(final int bin) {
			return edge(bin);
		}

		/** Where a bin ends, in degrees. */
		public double toDegree(final int bin) {
			return Math.min(180, edge(bin + 1));
		}

		/** The share of all angles in a bin. */
		public double share(final int bin) {
			return counts[bin] / (double) Math.max(1, Arrays.stream(counts).sum());
		}

		/** The text of a table, {@code from to count share cumulative}: lines of tab-separated values, the names first. */
		public String format() {
			final StringBuilder table = new StringBuilder(TabSeparated.line("from", "to", "count", "share", "cumulative"));
			double cumulative = 0;
			for (int bin = 0; bin < size(); bin++) {
				cumulative += share(bin);
				table.append(TabSeparated.line(TabSeparated.decimals(4, bin == 0 ? 0 : fromDegree(bin), toDegree(bin)),
					counts[bin], TabSeparated.decimals(6, share(bin), cumulative)));
			}
			return table.toString();
		}

		private static double edge(final int bin) {
			return PoseErrors.WRONG_DEGREE * Math.pow(2, (bin - RIGHT) / 2.0);
		}
	}
}
