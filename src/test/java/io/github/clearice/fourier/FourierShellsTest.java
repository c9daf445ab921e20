package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.TestPair;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class FourierShellsTest {

	/**
	 * {@code f = np.fft.fftfreq(n)*n; np.bincount(np.rint(np.hypot(f[:,None], f)).astype(int).ravel())}
	 */
	@Test
	void ringsHaveTheSizesOfNumpy() {
		assertArrayEquals(new double[] { 1, 8, 12, 16, 22, 4, 1 }, sizes(FourierShells.ofImages(8)));
		assertArrayEquals(new double[] { 1, 8, 12, 16, 32, 8, 4 }, sizes(FourierShells.ofImages(9)));
	}

	/**
	 * {@code np.bincount(np.rint(np.sqrt(f[:,None,None]**2+f[:,None]**2+f**2)).astype(int).ravel())}
	 */
	@Test
	void shellsHaveTheSizesOfNumpy() {
		assertArrayEquals(new double[] { 1, 18, 62, 98, 171, 128, 33, 1 }, sizes(FourierShells.ofVolumes(8)));
		assertArrayEquals(new double[] { 1, 18, 62, 98, 210, 224, 108, 8 }, sizes(FourierShells.ofVolumes(9)));
	}

	/**
	 * {@code r, t = pair(16); R, T = np.fft.fft2(r), np.fft.fft2(t)};
	 * {@code np.bincount(k.ravel(), (abs(T)**2).ravel())},
	 * {@code np.bincount(k.ravel(), (T*R.conj()).real.ravel())}
	 */
	@Test
	void powerAndCrossSpectrumEqualNumpy() {
		final FourierShells rings = FourierShells.ofImages(16);
		final double[] power = new double[rings.count()], cross = new double[rings.count()];
		final float[] image = spectrum(TestPair.of(16).image());
		rings.addPower(image, power);
		rings.addCross(image, spectrum(TestPair.of(16).reference()), cross);
		assertArrayEquals(new double[] { 592.47179015, 1795.20109353, 405.493709, 59.54181796, 65.04531495, 44.11979767,
			84.44127754, 59.47011096, 80.50644874, 39.59667369, 19.0866045, 25.9382472 }, power, 1e-3);
		assertEquals(655.60770373, cross[0], 1e-3);
		assertEquals(2016.8195166, cross[1], 1e-3);
		assertEquals(392.73339123, cross[2], 1e-3);
	}

	@Test
	void spreadsAValueToEachCoefficientOfARing() {
		final FourierShells rings = FourierShells.ofImages(8);
		final float[] spread = rings.spread(new double[] { 0, 1, 2, 3, 4, 5, 6 });
		assertEquals(8 * 5, spread.length);
		assertEquals(0, spread[0]);
		assertEquals(4, spread[4]);
		// Row 7 is ky = -1.
		assertEquals(1, spread[7 * 5 + 1]);
		assertEquals(6, spread[4 * 5 + 4]);
	}

	private static float[] spectrum(final float[] image) {
		final RealFourierTransform2D transform = new RealFourierTransform2D(16);
		final float[] spectrum = new float[transform.spectrumLength()];
		transform.forward(image, spectrum);
		return spectrum;
	}

	private static double[] sizes(final FourierShells shells) {
		return IntStream.range(0, shells.count()).mapToDouble(shells::size).toArray();
	}
}
