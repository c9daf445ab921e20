package io.github.clearice.fourier;

/** Lengths that are transformed quickly. */
public final class FourierSizes {

	private FourierSizes() {}

	/** The least even number, not below another, without prime factors above 5. */
	public static int even(final int least) {
		int size = Math.max(2, least + least % 2);
		while (rest(size) > 1) size += 2;
		return size;
	}

	private static int rest(final int size) {
		int rest = size;
		for (final int prime : new int[] { 2, 3, 5 }) while (rest % prime == 0) rest /= prime;
		return rest;
	}
}
