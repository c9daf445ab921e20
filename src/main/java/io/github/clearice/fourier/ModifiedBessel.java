package io.github.clearice.fourier;

/**
 * The modified Bessel function of the first kind and order 0, which Kaiser's windows use. Apache Commons Math has only
 * those that are not modified.
 *
 * @see <a href="https://dlmf.nist.gov/10.25">NIST Digital Library, 10.25.2</a>, the power series
 */
public final class ModifiedBessel {

	private ModifiedBessel() {}

	/** I_0(x) to the precision of a double; the series takes about {@code |x| + 20} terms. */
	public static double i0(final double x) {
		double sum = 1, term = 1;
		for (int k = 1; term > 1e-17 * sum; k++) {
			term *= x * x / (4.0 * k * k);
			sum += term;
		}
		return sum;
	}
}
