package io.github.clearice.micrograph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many of the particles that are there were found.
 *
 * @param particles that are there
 * @param scores of all candidates, the highest first
 * @param right whether each of them is a particle
 */
public record PickScore(int particles, double[] scores, boolean[] right) {

	/** Of several micrographs together. */
	public static PickScore of(final List<PickScore> parts) {
		final double[] scores = parts.stream().flatMapToDouble(part -> Arrays.stream(part.scores)).toArray();
		final boolean[] right = new boolean[scores.length];
		int at = 0;
		for (final PickScore part : parts) for (final boolean one : part.right) right[at++] = one;
		final int[] order = IntStream.range(0, scores.length).boxed().sorted((first, second) -> Double.compare(
			scores[second], scores[first])).mapToInt(Integer::intValue).toArray();
		final double[] sorted = new double[scores.length];
		final boolean[] alike = new boolean[scores.length];
		for (int i = 0; i < order.length; i++) {
			sorted[i] = scores[order[i]];
			alike[i] = right[order[i]];
		}
		return new PickScore(parts.stream().mapToInt(PickScore::particles).sum(), sorted, alike);
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

	/** Share of the particles that are among the best candidates; 1 where there are no particles. */
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
