package io.github.clearice.filter.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Against numpy:
 *
 * <pre>
 * a = np.array([[4,1,.5],[1,3,-1],[.5,-1,2]]); w, v = np.linalg.eigh(a); w, (v*np.sqrt(w))@v.T, np.linalg.inv(a)
 * </pre>
 */
class SymmetricMatrixTest {

	private static final double[] MATRIX = { 4, 1, .5, 1, 3, -1, .5, -1, 2 };

	@Test
	void appliesFunctionsToEigenvalues() {
		final SymmetricMatrix matrix = new SymmetricMatrix(3, MATRIX);
		assertEquals(4.62290512, matrix.largestValue(), 1e-8);
		assertArrayEquals(new double[] { 1.97033502, 0.29180943, 0.18062985, 0.29180943, 1.67158056, -0.34736965,
			0.18062985, -0.34736965, 1.35893605 }, matrix.map(Math::sqrt), 1e-8);
	}

	@Test
	void invertsPositiveMatrices() {
		assertArrayEquals(new double[] { 0.30769231, -0.15384615, -0.15384615, -0.15384615, 0.47692308, 0.27692308,
			-0.15384615, 0.27692308, 0.67692308 }, SymmetricMatrix.inverseOfPositive(3, MATRIX), 1e-8);
	}

	/** The formulas of Donoho, Gavish and Johnstone for a spike of 5 and 0.25 dimensions a sample, by hand. */
	@Test
	void shrinksEigenvaluesOfNoiseToNothingAndOfSignalsALittle() {
		final EigenvalueShrinkage shrinkage = new EigenvalueShrinkage(0.25);
		// A spike l = 5 comes out at l (1 + g / (l - 1)) = 5.3125; its squared cosine is (1 - g / 16) / (1 + g / 4).
		assertEquals(4 * (1 - 0.25 / 16) / (1 + 0.25 / 4), shrinkage.signal(5.3125), 1e-12);
		assertEquals(0, shrinkage.signal(2.2));
		assertEquals(6.5, new EigenvalueShrinkage(1e-9).signal(7.5), 1e-6);
	}
}
