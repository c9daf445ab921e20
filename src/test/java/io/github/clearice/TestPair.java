package io.github.clearice;

/**
 * A smooth reference and a noisy image of it that Python can make as well:
 *
 * <pre>
 * def pair(n):
 *     y, x = np.mgrid[0:n, 0:n] / n
 *     r = np.exp(-((x-.55)**2 + (y-.45)**2) / .03) + .5*np.exp(-((x-.35)**2 + (y-.6)**2) / .007)
 *     s, u = 1, np.empty(n*n)
 *     for i in range(n*n): s = (s*1664525 + 1013904223) % 2**32; u[i] = s / 2**32
 *     return r.astype('f4').astype(float), (.9*r + .3*(u.reshape(n,n) - .5)).astype('f4').astype(float)
 * </pre>
 */
public record TestPair(float[] reference, float[] image) {

	public static TestPair of(final int box) {
		final float[] reference = new float[box * box];
		final float[] image = new float[box * box];
		long state = 1;
		for (int i = 0; i < reference.length; i++) {
			final double x = i % box / (double) box, y = i / box / (double) box;
			final double value = Math.exp(-(square(x - .55) + square(y - .45)) / .03) + .5 * Math.exp(-(square(x - .35) +
				square(y - .6)) / .007);
			state = (state * 1664525 + 1013904223) & 0xffffffffL;
			reference[i] = (float) value;
			image[i] = (float) (.9 * value + .3 * (state / 4294967296.0 - .5));
		}
		return new TestPair(reference, image);
	}

	private static double square(final double value) {
		return value * value;
	}
}
