package io.github.clearice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

/**
 * Scores of {@link TestPair} against scikit-image 0.19.3 and numpy:
 *
 * <pre>
 * from skimage.metrics import peak_signal_noise_ratio as psnr, structural_similarity as ssim
 * def frc(a, b):
 *     n = len(a); A, B = np.fft.fft2(a), np.fft.fft2(b); f = np.fft.fftfreq(n)*n
 *     k = np.rint(np.hypot(f[:,None], f)).astype(int); s = lambda v: np.bincount(k.ravel(), v.ravel())[:n//2+1]
 *     return s((A*B.conj()).real) / np.sqrt(s(abs(A)**2)*s(abs(B)**2))
 * def cross(c, t, edge):
 *     for k in range(2, len(c)):
 *         if c[k] &lt; t: return edge / (k - 1 + (c[k-1]-t)/(c[k-1]-c[k]))
 * r, t = pair(n); lo, L = r.min(), np.ptp(r); r, t, L = (r-lo)/L, (t-lo)/L, 1   # or L = 2 and no scaling
 * ((t-r)**2).mean(); psnr(r, t, data_range=L)
 * ssim(r, t, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=L)
 * ssim(t, r)   # the published variant: scikit-image 0.19 still takes 7 x 7 and data_range=2 for floats
 * r.var()/(t-r).var(); cross(frc(r, t), .5, n*4); cross(frc(r, t), .143, n*4)
 * </pre>
 */
class ImageComparisonTest {

	@Test
	void scoresOfAnEvenBoxEqualScikitImage() {
		final QualityScores scores = scores(64, EvaluationOptions.DEFAULT);
		assertClose(0.008135623385368065, scores.meanSquaredError());
		assertClose(20.89609163999053, scores.peakSignalToNoise());
		assertClose(0.2784369217596527, scores.similarity());
		assertClose(5.26150337888603, scores.signalToNoise());
		assertClose(41.787719776474844, scores.halfResolutionAngstrom());
		assertClose(38.03353226974385, scores.seventhResolutionAngstrom());
	}

	@Test
	void scoresOfAnOddBoxEqualScikitImage() {
		final QualityScores scores = scores(33, EvaluationOptions.DEFAULT);
		assertClose(0.00804496124491125, scores.meanSquaredError());
		assertClose(20.944760436919534, scores.peakSignalToNoise());
		assertClose(0.570757876122844, scores.similarity());
		assertClose(5.280721921954127, scores.signalToNoise());
		assertClose(24.524428444220266, scores.halfResolutionAngstrom());
		assertClose(20.34500253094788, scores.seventhResolutionAngstrom());
	}

	@Test
	void publishedVariantEqualsScikitImageWithItsOldDefaults() {
		final EvaluationOptions options = EvaluationOptions.DEFAULT.withWindow(SimilarityWindow.PUBLISHED_CODE);
		assertClose(0.42826859307522525, scores(64, options).similarity());
		assertClose(0.5950282052369138, scores(33, options).similarity());
	}

	/**
	 * {@code ssim(r, t, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, K1=.01**.5, K2=.03**.5)}
	 */
	@Test
	void printedVariantEqualsScikitImageWithConstantsThatAreNotSquared() {
		final EvaluationOptions options = EvaluationOptions.DEFAULT.withWindow(SimilarityWindow.GU_2021_PRINTED);
		assertClose(0.8060778450536968, scores(64, options).similarity());
		assertClose(0.8565291692224789, scores(33, options).similarity());
	}

	@Test
	void fixedRangeTakesImagesAsTheyAre() {
		final EvaluationOptions options = EvaluationOptions.DEFAULT.withFixedRange(2);
		final QualityScores scores = scores(64, options);
		assertClose(0.008126505498473682, scores.meanSquaredError());
		assertClose(26.92156157786297, scores.peakSignalToNoise());
		assertClose(0.4071626832914769, scores.similarity());
		// The published variant doubles the range: 1 gives it the L of 2.
		assertClose(0.4284322641284276, scores(64, options.withFixedRange(1).withWindow(SimilarityWindow.PUBLISHED_CODE))
			.similarity());
	}

	@Test
	void scoresDoNotDependOnTheScaleOfBothImages() {
		final TestPair pair = TestPair.of(64);
		final float[] reference = new float[64 * 64], image = new float[64 * 64];
		for (int i = 0; i < reference.length; i++) {
			reference[i] = 512 * pair.reference()[i] - 100;
			image[i] = 512 * pair.image()[i] - 100;
		}
		final ImageComparison comparison = comparison(64, EvaluationOptions.DEFAULT);
		comparison.setReference(ArrayImgs.floats(reference, 64, 64), "scaled");
		final double[] expected = scores(64, EvaluationOptions.DEFAULT).values();
		final double[] actual = comparison.compare(ArrayImgs.floats(image, 64, 64)).scores().values();
		for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-4 * expected[i]);
	}

	@Test
	void imagesOfOtherTypesAndViewsScoreLikeTheirPixels() {
		final short[] pixels = new short[64 * 64], mirrored = new short[64 * 64];
		final float[] floats = new float[64 * 64];
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] = (short) (1000 * TestPair.of(64).image()[i]);
			floats[i] = pixels[i];
			mirrored[i / 64 * 64 + 63 - i % 64] = pixels[i];
		}
		final ImageComparison comparison = comparison(64, EvaluationOptions.DEFAULT);
		comparison.setReference(ArrayImgs.floats(TestPair.of(64).reference(), 64, 64), "reference");
		final QualityScores expected = comparison.compare(ArrayImgs.floats(floats, 64, 64)).scores();
		assertEquals(expected, comparison.compare(ArrayImgs.shorts(pixels, 64, 64)).scores());
		assertEquals(expected, comparison.compare(Views.zeroMin(Views.invertAxis(ArrayImgs.shorts(mirrored, 64, 64), 0)))
			.scores());
		assertEquals(expected, comparison.compare(Views.hyperSlice(PixelArrays.image(5, new float[64 * 64], floats), 2, 6))
			.scores());
		assertThrows(ParameterException.class, () -> ImageQuality.signalToNoise(ArrayImgs.floats(8, 8), ArrayImgs.floats(8,
			9)));
	}

	@Test
	void identicalImagesAreInfinitelyGood() {
		final Img<FloatType> image = ArrayImgs.floats(TestPair.of(32).image(), 32, 32);
		final ImageComparison comparison = comparison(32, EvaluationOptions.DEFAULT);
		comparison.setReference(image, "itself");
		final QualityScores scores = comparison.compare(image).scores();
		assertEquals(0, scores.meanSquaredError());
		assertEquals(Double.POSITIVE_INFINITY, scores.peakSignalToNoise());
		assertEquals(1, scores.similarity(), 1e-12);
		assertEquals(Double.POSITIVE_INFINITY, scores.signalToNoise());
		assertEquals(8, scores.halfResolutionAngstrom());
		assertEquals(8, scores.seventhResolutionAngstrom());
	}

	@Test
	void refusesToScaleAConstantReference() {
		final String message = assertThrows(ParameterException.class, () -> comparison(32, EvaluationOptions.DEFAULT)
			.setReference(ArrayImgs.floats(32, 32), "Image 3 of clean.mrcs")).getMessage();
		assertTrue(message.startsWith("Image 3 of clean.mrcs is constant"), message);
	}

	@Test
	void comparesAConstantReferenceAtAFixedRange() {
		final ImageComparison comparison = comparison(32, EvaluationOptions.DEFAULT.withFixedRange(1));
		comparison.setReference(ArrayImgs.floats(32, 32), "empty");
		final QualityScores scores = comparison.compare(ArrayImgs.floats(TestPair.of(32).image(), 32, 32)).scores();
		assertTrue(scores.peakSignalToNoise() > 0);
		assertEquals(0, scores.signalToNoise());
		assertEquals(32 * 4, scores.halfResolutionAngstrom());
	}

	@Test
	void refusesImagesSmallerThanTheWindow() {
		assertThrows(ParameterException.class, () -> comparison(10, EvaluationOptions.DEFAULT));
		assertThrows(ParameterException.class, () -> EvaluationOptions.DEFAULT.withFixedRange(0));
	}

	private static QualityScores scores(final int box, final EvaluationOptions options) {
		final TestPair pair = TestPair.of(box);
		final ImageComparison comparison = comparison(box, options);
		comparison.setReference(ArrayImgs.floats(pair.reference(), box, box), "reference");
		return comparison.compare(ArrayImgs.floats(pair.image(), box, box)).scores();
	}

	private static ImageComparison comparison(final int box, final EvaluationOptions options) {
		return new ImageComparison(FourierShells.ofImages(box), 4, options);
	}

	private static void assertClose(final double expected, final double actual) {
		assertEquals(expected, actual, 2e-6 * expected);
	}
}
