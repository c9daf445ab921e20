package io.github.clearice.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import org.junit.jupiter.api.Test;

/**
 * Against scipy's Gaussian on {@link TestPair}, at a pixel size of 4 Å:
 *
 * <pre>
 * from scipy.ndimage import fourier_gaussian
 * g = lambda n, d: np.fft.ifft2(fourier_gaussian(np.fft.fft2(pair(n)[1]), d*np.sqrt(np.log(2)/2)/np.pi/4)).real
 * f = g(n, 20); f[0,0], f[n//2,n//2], f[10,20], f[30,7]
 * scipy.optimize.minimize_scalar(lambda d: ((g(64, d) - pair(64)[0])**2).mean(), bounds=(1,200), method='bounded')
 * </pre>
 */
class LowPassTest {

	@Test
	void equalsScipy() {
		assertPixels(64, 0.0021985502757114854, 0.7089238737519536, 0.020198090185381073, -0.030985617614925638);
		assertPixels(33, -0.013949059251616337, 0.7120609942786166, 0.3746157635000412, 0.019230369989963598);
	}

	@Test
	void findsTheBestCutoff() {
		final TestPair pair = TestPair.of(64);
		final ParticlePairs pairs = new ParticlePairs(stack(64, 4, pair.image()), stack(64, 4, pair.reference()));
		final LowPass best = LowPass.best(pairs, TaskListener.SILENT);
		// The squared error is flat at its minimum: 0.1 % of the cut-off changes its seventh digit.
		assertEquals(32.69150827555532, best.cutoffAngstrom(), 0.15);
		assertEquals("low-pass 32.7 Å", best.name());
	}

	@Test
	void noiseFreeImagesAreHardlyFiltered() {
		final ArrayParticleStack clean = stack(64, 4, TestPair.of(64).reference());
		assertTrue(LowPass.best(new ParticlePairs(clean, clean), TaskListener.SILENT).cutoffAngstrom() < 1.1);
	}

	@Test
	void refusesWhatIsNoCutoff() {
		assertThrows(ParameterException.class, () -> new LowPass(0));
		assertThrows(ParameterException.class, () -> new LowPass(Double.NaN));
	}

	@Test
	void refusesAStackWithoutPixelSize() {
		final String message = assertThrows(ParameterException.class, () -> new LowPass(20).prepare(stack(64, Double.NaN,
			TestPair.of(64).image()), TaskListener.SILENT)).getMessage();
		assertTrue(message.contains("pair") && message.contains("no pixel size"), message);
	}

	@Test
	void refusesImagesOfAnotherBox() {
		final LowPass filter = new LowPass(20);
		filter.prepare(stack(64, 4, TestPair.of(64).image()), TaskListener.SILENT);
		assertThrows(ParameterException.class, () -> filter.denoise(PixelArrays.image(0, new float[1][32 * 32]),
			PixelArrays.image(0, new float[1][32 * 32])));
	}

	private static void assertPixels(final int box, final double... expected) {
		final float[] image = TestPair.of(box).image();
		final float[][] filtered = new float[1][box * box];
		final LowPass filter = new LowPass(20);
		filter.prepare(stack(box, 4, image), TaskListener.SILENT);
		filter.denoise(PixelArrays.image(0, new float[][] { image }), PixelArrays.image(0, filtered));
		assertEquals(expected[0], filtered[0][0], 1e-6);
		assertEquals(expected[1], filtered[0][(box / 2) * box + box / 2], 1e-6);
		assertEquals(expected[2], filtered[0][10 * box + 20], 1e-6);
		assertEquals(expected[3], filtered[0][30 * box + 7], 1e-6);
	}

	private static ArrayParticleStack stack(final int box, final double pixelSize, final float[]... images) {
		return new ArrayParticleStack("pair", box, pixelSize, images);
	}
}
