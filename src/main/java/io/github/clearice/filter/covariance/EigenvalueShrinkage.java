package io.github.clearice.filter.covariance;

/**
 * The signal part of the eigenvalues of a covariance estimated from few images with noise of variance 1.
 * <p> Pure noise has eigenvalues up to {@code (1 + sqrt(g))^2} with g = dimensions / samples (Marchenko and Pastur
 * 1967); a signal's eigenvalues come out too large, and its eigenvectors turned. Donoho, Gavish and Johnstone give the
 * optimal shrinkage of the covariance in the Frobenius norm.
 *
 * @see <a href="https://doi.org/10.1214/17-AOS1601">Donoho, Gavish and Johnstone 2018</a>, equations 1.6 to 1.10 and
 * Table 1
 */
final class EigenvalueShrinkage {

	private final double aspect;

	/** @param aspect dimensions / samples */
	EigenvalueShrinkage(final double aspect) {
		this.aspect = aspect;
	}

	/** The signal's part of an eigenvalue of signal plus noise, the noise's 1 taken off; 0 where it is noise. */
	double signal(final double eigenvalue) {
		final double edge = Math.pow(1 + Math.sqrt(aspect), 2);
		if (eigenvalue <= edge) return 0;
		final double sum = eigenvalue + 1 - aspect;
		final double spike = (sum + Math.sqrt(sum * sum - 4 * eigenvalue)) / 2 - 1;
		final double squaredCosine = (1 - aspect / (spike * spike)) / (1 + aspect / spike);
		return spike * squaredCosine;
	}
}
