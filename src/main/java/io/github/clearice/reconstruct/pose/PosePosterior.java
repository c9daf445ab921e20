package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;

import java.util.SplittableRandom;

/**
 * The probabilities of poses, given an image.
 *
 * @param poses that stand for all, those of one orientation together: the poses that matter where they are few, and
 *          otherwise some of them, drawn evenly by their probabilities
 * @param cross mean, over all poses, of the sum of products of image and projection by the noise
 * @param square mean of the sum of squares of the projection by the noise
 * @param slopeVariance variance, over all poses, of the slope of the log likelihood as the contrast grows
 * @param classes probabilities of the maps
 * @param entropyBits of the probabilities, in cells of the first grid: 0 where the pose is certain
 */
record PosePosterior(Weighted[] poses, double cross, double square, double slopeVariance, double[] classes,
	double entropyBits)
{

	/**
	 * A pose and its probability.
	 *
	 * @param map which map is seen
	 * @param shiftX how far the picture is moved along x in pixels
	 * @param shiftY along y
	 * @param weight probability; all sum to 1
	 * @param contrast mean contrast of the image if the pose is its own
	 * @param contrastVariance its variance
	 */
	record Weighted(int map, Orientation orientation, double shiftX, double shiftY, double weight, double contrast,
		double contrastVariance)
	{

		boolean isSameView(final Weighted other) {
			return map == other.map && orientation.equals(other.orientation);
		}
	}

	/** The mean contrast of the image. */
	double contrast() {
		double sum = 0;
		for (final Weighted pose : poses) sum += pose.weight() * pose.contrast();
		return sum;
	}

	/** The share of each of some weights among so many systematic draws: as its weight says, rounded up or down. */
	static double[] evenShares(final double[] weights, final int count) {
		final double[] shares = new double[weights.length];
		double sum = 0;
		int before = 0;
		for (int i = 0; i < shares.length; i++) {
			sum += weights[i];
			final int now = i == shares.length - 1 ? count : Math.min(count, (int) Math.floor(sum * count + 0.5));
			shares[i] = (double) (now - before) / count;
			before = now;
		}
		return shares;
	}

	/** A pose at random. */
	Weighted draw(final SplittableRandom random) {
		double left = random.nextDouble();
		for (final Weighted pose : poses) {
			left -= pose.weight();
			if (left < 0) return pose;
		}
		return poses[poses.length - 1];
	}
}
