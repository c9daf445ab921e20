package io.github.clearice.reconstruct;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The probabilities of the poses of a grid, given an image.
 *
 * @param poses those that matter, the most probable first
 * @param weights their probabilities, which sum to 1
 * @param cross mean, by these probabilities, of the sum of products of image and projection within the band
 * @param square mean of the sum of squares of the projection within the band
 */
record PosePosterior(List<Pose> poses, double[] weights, double cross, double square) {

	/** Poses this much less likely than the best, as a logarithm, do not matter. */
	private static final double REACH = 7;

	/** More poses than this are never looked at, the likeliest first. */
	private static final int MOST = 1000;

	/** How likely a pose is, up to a factor. */
	interface Likelihood {

		/**
		 * @param cross sum of products of image and projection
		 * @param imageNorm root of the sum of squares of the image
		 * @param viewNorm root of the sum of squares of the projection
		 */
		double log(double cross, double imageNorm, double viewNorm);
	}

	private record Entry(int view, int angle, double log, double cross, double square) {}

	/** Weighs all poses of the grid for the image that the scorer has. */
	static PosePosterior of(final ViewScorer scorer, final ReferenceViews views, final Likelihood likelihood) {
		final double[] best = new double[views.grid().size()];
		double most = Double.NEGATIVE_INFINITY;
		for (int view = 0; view < best.length; view++) {
			float largest = -1;
			for (final float score : scorer.score(view)) largest = Math.max(largest, score);
			best[view] = log(likelihood, scorer, largest);
			most = Math.max(most, best[view]);
		}
		final List<Entry> entries = new ArrayList<>();
		for (int view = 0; view < best.length; view++) {
			if (best[view] < most - REACH) continue;
			final float[] scores = scorer.score(view);
			for (int angle = 0; angle < scores.length; angle++) {
				final double log = log(likelihood, scorer, scores[angle]);
				if (log >= most - REACH) entries.add(new Entry(view, angle, log, scores[angle] * scorer.imageNorm() * scorer
					.viewNorm(), scorer.viewNorm() * scorer.viewNorm()));
			}
		}
		entries.sort(Comparator.comparingDouble(Entry::log).reversed());
		return normalised(entries.subList(0, Math.min(MOST, entries.size())), views.grid(), scorer.angles());
	}

	private static double log(final Likelihood likelihood, final ViewScorer scorer, final double score) {
		return likelihood.log(score * scorer.imageNorm() * scorer.viewNorm(), scorer.imageNorm(), scorer.viewNorm());
	}

	private static PosePosterior normalised(final List<Entry> entries, final HealpixGrid grid, final int angles) {
		final double[] weights = new double[entries.size()];
		final List<Pose> poses = new ArrayList<>();
		double sum = 0, cross = 0, square = 0;
		for (int i = 0; i < weights.length; i++) {
			final Entry entry = entries.get(i);
			weights[i] = Math.exp(entry.log() - entries.get(0).log());
			sum += weights[i];
			cross += weights[i] * entry.cross();
			square += weights[i] * entry.square();
			poses.add(Pose.centred(new Orientation(grid.rotDegree(entry.view()), grid.tiltDegree(entry.view()), 360.0 * entry
				.angle() / angles)));
		}
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		return new PosePosterior(poses, weights, cross / sum, square / sum);
	}

	/** The entropy where all poses that are looked at are alike. */
	static double mostBits() {
		return Math.log(MOST) / Math.log(2);
	}

	/** The entropy of the probabilities in bits: 0 where the pose is certain, 10 where a thousand are alike. */
	double entropyBits() {
		double entropy = 0;
		for (final double weight : weights) if (weight > 0) entropy -= weight * Math.log(weight) / Math.log(2);
		return entropy;
	}
}
