package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealFourierTransform3DTest {

	/** v = np.array([((i*37)%11) for i in range(box**3)], float).reshape(3 * [box]); np.fft.rfftn(v)[kz, ky, kx] */
	@ParameterizedTest
	@CsvSource({ "5,0,0,0,618,0", "5,1,2,1,-38.99593469,18.45358949", "5,4,3,2,-14.39918694,10.46162168", "4,0,0,0,320,0",
		"4,1,2,1,0,-22" })
	void equalsNumpy(final int box, final int kz, final int ky, final int kx, final double re, final double im) {
		final float[] spectrum = new RealFourierTransform3D(box).forward(volume(box));
		final int at = 2 * ((kz * box + ky) * (box / 2 + 1) + kx);
		assertEquals(re, spectrum[at], 1e-4);
		assertEquals(im, spectrum[at + 1], 1e-4);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 7, 12 })
	void inverseUndoesForward(final int box) {
		final RealFourierTransform3D transform = new RealFourierTransform3D(box);
		assertArrayEquals(volume(box), transform.inverse(transform.forward(volume(box))), 1e-4f);
	}

	@Test
	void synthesisUndoesThePaddedTransform() {
		final int box = 6;
		final Volume map = Volume.of(box, 1.5, volume(box));
		final FourierVolume transform = FourierVolume.of(map, 2);
		final int radius = transform.radius();
		final Volume back = FourierSynthesis.volume(box, 1.5, 2, thread -> (kz, samples) -> {
			for (int ky = -radius, at = 0; ky <= radius; ky++) for (int kx = 0; kx <= radius; kx++, at += 2) {
				// The Nyquist frequency lies on both sides of y and z.
				final float share = (Math.abs(ky) == radius ? 0.5f : 1) * (Math.abs(kz) == radius ? 0.5f : 1);
				samples[at] = share * transform.data()[transform.index(kx, ky, kz)];
				samples[at + 1] = share * transform.data()[transform.index(kx, ky, kz) + 1];
			}
		});
		assertArrayEquals(map.voxels(), back.voxels(), 1e-4f);
		assertEquals(1.5, back.pixelSizeAngstrom());
	}

	@Test
	void refusesWhatFitsNoArray() {
		assertThrows(IllegalArgumentException.class, () -> new RealFourierTransform3D(1));
		assertThrows(IllegalArgumentException.class, () -> new RealFourierTransform3D(1024));
	}

	private static float[] volume(final int box) {
		final float[] volume = new float[box * box * box];
		for (int i = 0; i < volume.length; i++) volume[i] = i * 37 % 11;
		return volume;
	}
}
