package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;

import java.util.ArrayList;
import java.util.List;

/**
 * The probabilities of the poses of a grid, given an image.
 *
 * @param poses that stand for all: the poses that matter where they are few, and else some of them, drawn evenly by
 *          their probabilities, so that a mean over them is that over all but for a thousandth of its spread
 * @param weights of these poses, which sum to 1
 * @param cross mean, over all poses, of the sum of products of image and projection within the band
 * @param square mean of the sum of squares of the projection within the band
 * @param entropyBits of the probabilities of all poses: 0 where the pose is certain
 */
record PosePosterior(List<Pose> poses, double[] weights, double cross, double square, double entropyBits) {

	/** Poses this much less likely than the best, as a logarithm, do not matter, even if all others were so. */
	private static final double REACH = 16;

	/** The number of poses that represent all. */
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
		return normalised(entries, most, views.grid(), scorer.angles());
	}

	private static double log(final Likelihood likelihood, final ViewScorer scorer, final double score) {
		return likelihood.log(score * scorer.imageNorm() * scorer.viewNorm(), scorer.imageNorm(), scorer.viewNorm());
	}

	private static PosePosterior normalised(final List<Entry> entries, final double most, final HealpixGrid grid,
		final int angles)
	{
		final double[] weights = new double[entries.size()];
		double sum = 0, cross = 0, square = 0, logs = 0;
		for (int i = 0; i < weights.length; i++) {
			final Entry entry = entries.get(i);
			weights[i] = Math.exp(entry.log() - most);
			sum += weights[i];
			cross += weights[i] * entry.cross();
			square += weights[i] * entry.square();
			logs += weights[i] * (entry.log() - most);
		}
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		final List<Pose> poses = new ArrayList<>();
		final List<Double> shares = new ArrayList<>();
		final double[] drawn = entries.size() <= MOST ? weights : drawn(weights);
		for (int i = 0; i < drawn.length; i++)
			if (drawn[i] > 0) {
				final Entry entry = entries.get(i);
				shares.add(drawn[i]);
				poses.add(Pose.centred(new Orientation(grid.rotDegree(entry.view()), grid.tiltDegree(entry.view()), 360.0 *
					entry.angle() / angles)));
			}
		return new PosePosterior(poses, shares.stream().mapToDouble(share -> share).toArray(), cross / sum, square / sum,
			(Math.log(sum) - logs / sum) / Math.log(2));
	}

	/** Systematic draws: each pose as often as its weight says, rounded up or down. */
	private static double[] drawn(final double[] weights) {
		final double[] drawn = new double[weights.length];
		double sum = 0;
		long before = 0;
		for (int i = 0; i < weights.length; i++) {
			sum += weights[i];
			final long now = Math.min(MOST, (long) Math.floor(sum * MOST + 0.5));
			drawn[i] = (double) (now - before) / MOST;
			before = now;
		}
		if (before < MOST) drawn[weights.length - 1] += (double) (MOST - before) / MOST;
		return drawn;
	}
}
