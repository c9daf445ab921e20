package io.github.clearice.reconstruct.pose;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Poses that were likely enough when they were found, or some that stand for them. */
final class PosteriorEntries {

	/** Largest number of poses that are kept; if more matter, some represent all. */
	private static final int MOST = 1 << 18;

	private final double reach;
	private long[] keys = new long[1024];
	private int[] angles = new int[1024];
	private float[] crosses = new float[1024];
	private float[] squares = new float[1024];
	private float[] logs = new float[1024];
	private float[] multiples = new float[1024];
	private int count;
	private boolean thinned;

	/** @param reach as a logarithm, how much less likely than the best a pose may be */
	PosteriorEntries(final double reach) {
		this.reach = reach;
	}

	/**
	 * Adds a pose.
	 *
	 * @param key of its cell
	 * @param angle number of its in-plane angle
	 * @param cross sum of products of image and projection by the noise
	 * @param square sum of squares of the projection by the noise
	 * @param log logarithm of its probability
	 * @param most the largest logarithm so far
	 */
	void add(final long key, final int angle, final float cross, final double square, final double log,
		final double most)
	{
		if (count == MOST) thin(most);
		if (count == keys.length) {
			keys = Arrays.copyOf(keys, 2 * count);
			angles = Arrays.copyOf(angles, 2 * count);
			crosses = Arrays.copyOf(crosses, 2 * count);
			squares = Arrays.copyOf(squares, 2 * count);
			logs = Arrays.copyOf(logs, 2 * count);
			multiples = Arrays.copyOf(multiples, 2 * count);
		}
		keys[count] = key;
		angles[count] = angle;
		multiples[count] = 1;
		set(count++, cross, square, log);
	}

	/** Puts other values in the place of a pose's own. */
	void set(final int entry, final double cross, final double square, final double log) {
		crosses[entry] = (float) cross;
		squares[entry] = (float) square;
		logs[entry] = (float) log;
	}

	int size() {
		return count;
	}

	/** Whether some poses stand for others. */
	boolean isThinned() {
		return thinned;
	}

	long key(final int entry) {
		return keys[entry];
	}

	int angle(final int entry) {
		return angles[entry];
	}

	float cross(final int entry) {
		return crosses[entry];
	}

	float square(final int entry) {
		return squares[entry];
	}

	float log(final int entry) {
		return logs[entry];
	}

	/** The probability of an entry and those that it stands for, with that of the most likely pose for unit. */
	double weight(final int entry, final double most) {
		return multiples[entry] * Math.exp(logs[entry] - most);
	}

	/** Whether two poses show the same view at the same in-plane angle. */
	boolean areOfOneOrientation(final int first, final int second) {
		return PosteriorLevel.view(keys[first]) == PosteriorLevel.view(keys[second]) && angles[first] == angles[second];
	}

	/** Some entries, in an order in which those of one orientation are together. */
	int[] byOrientation(final int[] some) {
		return IntStream.of(some).boxed().sorted((a, b) -> {
			final int views = Long.compare(PosteriorLevel.view(keys[a]), PosteriorLevel.view(keys[b]));
			return views != 0 ? views : Integer.compare(angles[a], angles[b]);
		}).mapToInt(Integer::intValue).toArray();
	}

	/** Forgets those that do not matter any more; if many are left, some, drawn evenly, stand for all. */
	private void thin(final double most) {
		final double[] weights = new double[count];
		double sum = 0;
		int alive = 0;
		for (int i = 0; i < count; i++) {
			if (logs[i] < most - reach) continue;
			weights[i] = weight(i, most);
			sum += weights[i];
			alive++;
		}
		if (alive > MOST / 2) {
			thinned = true;
			for (int i = 0; i < count; i++) weights[i] /= sum;
			final double[] shares = PosePosterior.evenShares(weights, MOST / 4);
			for (int i = 0; i < count; i++) {
				if (weights[i] > 0) multiples[i] *= (float) (shares[i] / weights[i]);
				weights[i] = shares[i];
			}
		}
		int left = 0;
		for (int i = 0; i < count; i++) {
			if (weights[i] == 0) continue;
			keys[left] = keys[i];
			angles[left] = angles[i];
			crosses[left] = crosses[i];
			squares[left] = squares[i];
			logs[left] = logs[i];
			multiples[left++] = multiples[i];
		}
		count = left;
	}
}
