package io.github.clearice.micrograph;

import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.InputException;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Where the particles of micrographs are known to be, by RELION coordinates in a STAR file. */
public final class PickTruth {

	private static final String NAME = "rlnMicrographName", X = "rlnCoordinateX", Y = "rlnCoordinateY";

	private final Map<String, List<Pick>> places = new TreeMap<>();

	private PickTruth() {}

	/**
	 * Reads a STAR file. Of names such as {@code 000002@noisy.mrcs}, the number identifies the micrograph, and of
	 * others the file's name without its folder, so that the places are those of denoised micrographs too. Where all have
	 * one name or none, they belong to the first.
	 *
	 * @throws InputException if there are no coordinates
	 */
	public static PickTruth read(final Path star) {
		final PickTruth truth = new PickTruth();
		final StarTable table = StarFile.read(star).tables().stream().filter(one -> one.has(X) && one.has(Y)).findFirst()
			.orElseThrow(() -> new InputException(star + " has no table with " + X + " and " + Y +
				". Give a STAR file with coordinates."));
		for (int row = 0; row < table.rows(); row++) {
			truth.places.computeIfAbsent(table.has(NAME) ? key(table.get(row, NAME)) : "", key -> new ArrayList<>()).add(
				new Pick(table.getDouble(row, X), table.getDouble(row, Y), 1, 0));
		}
		return truth;
	}

	/** The part of the name that a micrograph shares with one made from it. */
	private static String key(final String name) {
		if (name.matches("\\d+@.*")) return String.valueOf(Integer.parseInt(name.substring(0, name.indexOf('@'))));
		return name.substring(name.lastIndexOf('/') + 1);
	}

	private List<Pick> of(final int number, final String name) {
		if (places.containsKey(key(name))) return places.get(key(name));
		// A stack that was written anew has names without numbers where it has one micrograph.
		final List<Pick> numbered = places.get(Integer.toString(number + 1));
		if (numbered != null) return numbered;
		final String only = places.size() == 1 ? places.keySet().iterator().next() : null;
		return number == 0 && only != null && !only.matches("\\d+") ? places.get(only) : List.of();
	}

	/**
	 * Marks which candidates are particles: the best within reach of each, and none twice.
	 *
	 * @param number of the micrograph, from 0
	 * @param micrograph the micrograph
	 * @param candidates the best first
	 * @param reach how far from its true place a particle may be found, in pixels
	 * @param border particles nearer to the rim are not looked for, in pixels
	 */
	public Score score(final int number, final Micrograph micrograph, final List<Pick> candidates, final double reach,
		final double border)
	{
		final List<Pick> left = new ArrayList<>(of(number, micrograph.name()));
		left.removeIf(place -> place.x() < border || place.y() < border || place.x() > micrograph.width() - 1 - border ||
			place.y() > micrograph.height() - 1 - border);
		final int particles = left.size();
		final boolean[] right = new boolean[candidates.size()];
		for (int i = 0; i < right.length; i++) {
			Pick nearest = null;
			double least = reach;
			for (final Pick place : left) {
				final double away = Math.hypot(place.x() - candidates.get(i).x(), place.y() - candidates.get(i).y());
				if (away > least) continue;
				least = away;
				nearest = place;
			}
			right[i] = nearest != null;
			left.remove(nearest);
		}
		final double[] scores = candidates.stream().mapToDouble(Pick::score).toArray();
		return new Score(particles, scores, right);
	}

	/**
	 * How many of the particles that are there were found.
	 *
	 * @param particles that are there
	 * @param scores of all candidates, the highest first
	 * @param right whether each of them is a particle
	 */
	public record Score(int particles, double[] scores, boolean[] right) implements Serializable {

		/** The score of several micrographs together. */
		public static Score of(final List<Score> parts) {
			final double[] scores = parts.stream().flatMapToDouble(part -> Arrays.stream(part.scores)).toArray();
			final boolean[] right = new boolean[scores.length];
			int at = 0;
			for (final Score part : parts) for (final boolean one : part.right) right[at++] = one;
			final int[] order = IntStream.range(0, scores.length).boxed().sorted((first, second) -> Double.compare(
				scores[second], scores[first])).mapToInt(Integer::intValue).toArray();
			final double[] sorted = new double[scores.length];
			final boolean[] alike = new boolean[scores.length];
			for (int i = 0; i < order.length; i++) {
				sorted[i] = scores[order[i]];
				alike[i] = right[order[i]];
			}
			return new Score(parts.stream().mapToInt(Score::particles).sum(), sorted, alike);
		}

		/** Number of particles among the best candidates. */
		public int found(final int picked) {
			int found = 0;
			for (int i = 0; i < picked; i++) if (right[i]) found++;
			return found;
		}

		/** Share of the best candidates that are particles; 1 of none. */
		public double precision(final int picked) {
			return picked == 0 ? 1 : (double) found(picked) / picked;
		}

		/** Share of the particles that are among the best candidates; 1 if there are no particles. */
		public double recall(final int picked) {
			return particles == 0 ? 1 : (double) found(picked) / particles;
		}

		/** The harmonic mean of precision and recall: {@code 2 found / (picked + particles)}. */
		public double f1(final int picked) {
			return picked + particles == 0 ? 1 : 2.0 * found(picked) / (picked + particles);
		}

		/** The number of candidates to pick for the highest F1. */
		public int best() {
			int best = 0, found = 0;
			double most = 0;
			for (int picked = 1; picked <= scores.length; picked++) {
				if (right[picked - 1]) found++;
				final double f1 = 2.0 * found / (picked + particles);
				if (f1 <= most) continue;
				most = f1;
				best = picked;
			}
			return best;
		}

		/** The mean of the precisions at each particle found, those not found counting 0: the area below the curve. */
		public double averagePrecision() {
			double sum = 0;
			int found = 0;
			for (int picked = 1; picked <= scores.length; picked++) if (right[picked - 1]) sum += (double) ++found / picked;
			return particles == 0 ? 1 : sum / particles;
		}
	}
}
