package io.github.clearice.task;

import java.util.SplittableRandom;

/**
 * Derives independent random streams from one seed, so that one {@code long}
 * reproduces a whole experiment and the result does not depend on the order in
 * which threads draw.
 */
public final class Seeds {

	private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

	private Seeds() {}

	/**
	 * A seed for one of many streams.
	 *
	 * @param seed the experiment's seed
	 * @param path names the stream, such as (purpose, particle index)
	 */
	public static long derive(final long seed, final long... path) {
		long state = mix(seed + GOLDEN_GAMMA);
		for (final long part : path) state = mix(state ^ mix(part + GOLDEN_GAMMA) + GOLDEN_GAMMA);
		return state;
	}

	/** A generator for one of many streams; see {@link #derive}. */
	public static SplittableRandom random(final long seed, final long... path) {
		return new SplittableRandom(derive(seed, path));
	}

	/** The numbers from 0 to {@code count - 1} in random order: the shuffle of Fisher and Yates. */
	public static int[] permutation(final int count, final SplittableRandom random) {
		final int[] order = new int[count];
		for (int i = 0; i < count; i++) {
			final int other = random.nextInt(i + 1);
			order[i] = order[other];
			order[other] = i;
		}
		return order;
	}

	/** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, figure 20). */
	private static long mix(final long value) {
		long z = value;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}
}
