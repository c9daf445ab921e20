package io.github.clearice.structure;

/**
 * Elastic scattering factor of a neutral atom for electrons: five Gaussians,
 * {@code f(s) = sum of a_i exp(-b_i s^2)} in Å, with
 * {@code s = sin(theta) / lambda = |k| / 2} up to 2 / Å.
 * <p>
 * f is that of the first Born approximation for electrons at rest, the
 * convention of the table; the projected potential in V Å is 47.878 V Å^2 times
 * the projected density that it gives.
 *
 * @see <a href="https://doi.org/10.1107/S0108767395014371">Peng, Ren, Dudarev
 *      and Whelan, Acta Cryst. A52 (1996) 257, equation 1 and table 1</a>
 */
public final class ScatteringFactor {

	/** Number of Gaussians. */
	public static final int TERMS = 5;

	private final double[] a;
	private final double[] b;

	ScatteringFactor(final double[] a, final double[] b) {
		this.a = a;
		this.b = b;
	}

	/** Amplitude of a Gaussian in Å. */
	public double a(final int term) {
		return a[term];
	}

	/** Width of a Gaussian in Å^2. */
	public double b(final int term) {
		return b[term];
	}

	/** The scattering factor in Å at {@code s = sin(theta) / lambda} in 1 / Å. */
	public double at(final double s) {
		double sum = 0;
		for (int i = 0; i < TERMS; i++) sum += a[i] * Math.exp(-b[i] * s * s);
		return sum;
	}
}
