package io.github.clearice.task;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

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

	/**
	 * The numbers from 0 to {@code count - 1} in random order: the shuffle of Fisher and Yates from the first place to
	 * the last. The particles that validate a training are chosen by it, so a training can be resumed only while it
	 * gives the same order.
	 */
	public static int[] permutation(final int count, final SplittableRandom random) {
		final int[] order = IntStream.range(0, count).toArray();
		for (int i = 0; i < count; i++) swapWithEarlier(order, i, random);
		return order;
	}

	/**
	 * A copy of values in random order: the same shuffle from the last place to the first, which gives another order.
	 * That of the particles in an epoch of a training is made by it.
	 */
	public static int[] shuffled(final int[] values, final SplittableRandom random) {
		final int[] shuffled = values.clone();
		for (int i = shuffled.length - 1; i > 0; i--) swapWithEarlier(shuffled, i, random);
		return shuffled;
	}

	private static void swapWithEarlier(final int[] values, final int place, final SplittableRandom random) {
		final int other = random.nextInt(place + 1), value = values[place];
		values[place] = values[other];
		values[other] = value;
	}

	/** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, figure 20). */
	private static long mix(final long value) {
		long z = value;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}
}
