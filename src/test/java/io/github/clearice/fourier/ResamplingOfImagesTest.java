package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link FourierResampler}, {@link KernelResampler} and {@link ImageWindow}. */
class ResamplingOfImagesTest {

	/** Waves of at most two periods a box, about the centre: any of these boxes holds them exactly. */
	private static float[] waves(final int box, final double pixels, final double fieldPixels, final double shiftX,
		final double shiftY)
	{
		final float[] image = new float[box * box];
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double u = 2 * Math.PI * ((x - box / 2) * pixels - shiftX) / fieldPixels;
			final double v = 2 * Math.PI * ((y - box / 2) * pixels - shiftY) / fieldPixels;
			image[y * box + x] = (float) (3 + Math.cos(2 * u - v + 0.3) + Math.sin(u + 2 * v) + 0.5 * Math.cos(2 * v));
		}
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "16, 8", "16, 12", "16, 9", "15, 8", "15, 9", "8, 16", "8, 15", "9, 16", "9, 15", "12, 12", "11, 11" })
	void keepsWavesAndTheCentre(final int box, final int resampledBox) {
		final float[] resampled = new float[resampledBox * resampledBox];
		new FourierResampler(box, resampledBox).apply(waves(box, 1, box, 0, 0), 1.25, -0.5, null, resampled);
		assertArrayEquals(waves(resampledBox, (double) box / resampledBox, box, 1.25, -0.5), resampled, 1e-5f);
	}

	@Test
	void keepsAnImageOfTheSameBoxWithItsNyquistFrequency() {
		for (final int box : new int[] { 10, 11 }) {
			final float[] image = noise(box), same = new float[box * box];
			new FourierResampler(box, box).apply(image, same);
			assertArrayEquals(image, same, 2e-6f);
		}
	}

	@Test
	void cropsTheSpectrumAsNumpyDoes() {
		// The Nyquist frequencies of the small box count by half with either sign:
		// a = (np.arange(64).reshape(8, 8) ** 2 % 17).astype(float); F = np.fft.fftshift(np.fft.fft2(a))[2:7, 2:7].copy()
		// F[[0, 4]] *= .5; F[:, [0, 4]] *= .5; G = F[:4, :4].copy(); G[0] += F[4, :4]; G[:, 0] += F[:4, 4]; G[0, 0] += F[4,
		// 4] print(np.fft.ifft2(np.fft.ifftshift(G)).real / 4)
		final float[] image = new float[64];
		for (int i = 0; i < 64; i++) image[i] = i * i % 17;
		final float[] resampled = new float[16];
		new FourierResampler(8, 4).apply(image, resampled);
		assertArrayEquals(NUMPY, resampled, 1e-4f);
	}

	private static final float[] NUMPY = { 5.7165f, 7.0460f, 12.1951f, 7.8005f, 6.3857f, 6.6635f, 8.5625f, 10.2981f,
		8.0549f, 7.2076f, 6.2835f, 11.5708f, 8.5107f, 6.5385f, 7.0411f, 8.6250f };

	@ParameterizedTest
	@CsvSource({ "16, 8", "16, 12", "16, 9", "15, 8", "8, 12", "9, 14" })
	void interpolationIsTheSameWhereBothCanDoIt(final int box, final int resampledBox) {
		final float[] image = noise(box), cropped = new float[resampledBox * resampledBox], kernel = cropped.clone();
		new FourierResampler(box, resampledBox).apply(image, cropped);
		new KernelResampler(box, (double) box / resampledBox, resampledBox).apply(image, kernel);
		assertArrayEquals(cropped, kernel, 3e-6f);
	}

	@Test
	void interpolatesAtAnyPixelSize() {
		final float[] resampled = new float[100];
		new KernelResampler(16, 1.5625, 10).apply(waves(16, 1, 16, 0, 0), resampled);
		assertArrayEquals(waves(10, 1.5625, 16, 0, 0), resampled, 3e-6f);
	}

	@Test
	void windowsAboutTheCentre() {
		final float[] image = new float[25], small = new float[9], large = new float[49], odd = new float[36];
		for (int i = 0; i < 25; i++) image[i] = i;
		ImageWindow.apply(image, 5, -1, small, 3);
		assertArrayEquals(new float[] { 6, 7, 8, 11, 12, 13, 16, 17, 18 }, small);
		ImageWindow.apply(image, 5, -1, large, 7);
		assertEquals(-1, large[0]);
		assertEquals(0, large[8]);
		assertEquals(12, large[3 * 7 + 3]);
		ImageWindow.mirrored(image, 5, odd, 6);
		assertEquals(12, odd[3 * 6 + 3], "the centre of an even box is pixel box / 2");
		assertArrayEquals(new float[] { 0, 0, 1, 2, 3, 4 }, Arrays.copyOf(odd, 6), "the edge is repeated");
	}

	private static float[] noise(final int box) {
		final SplittableRandom random = Seeds.random(5, box);
		final float[] image = new float[box * box];
		for (int i = 0; i < image.length; i++) image[i] = (float) random.nextDouble();
		return image;
	}
}
