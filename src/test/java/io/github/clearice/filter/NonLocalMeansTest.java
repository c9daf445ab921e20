package io.github.clearice.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against scikit-image 0.19 on {@link TestPair} of 64 pixels:
 *
 * <pre>
 * from skimage.restoration import denoise_nl_means
 * x, y = pair(64); s = .3/np.sqrt(12)
 * z = denoise_nl_means(y, patch, window // 2, strength*s, fast_mode=True, sigma=s)
 * 10*np.log10(1/((z - .9*x)**2).mean())
 * </pre>
 *
 * Its fast form sums squared differences over patches of one row and one column
 * less than it divides by, so that its strength counts for patch / (patch - 1) of
 * ours, and the numbers agree to tenths of a dB, not to digits.
 */
class NonLocalMeansTest {

	private static final int BOX = 64;
	private static final double SIGMA = 0.3 / Math.sqrt(12);
	private static final double TOLERANCE_DB = 0.6;

	@ParameterizedTest
	@CsvSource({ "7, 21, 0.8, 35.91", "9, 21, 0.5, 35.77", "13, 21, 0.5, 35.80" })
	void denoisesAsScikitImageDoes(final int patch, final int window, final double strength, final double decibel) {
		final double own = psnr(denoise(new NonLocalMeans(NoiseLevel.ofSigma(SIGMA), patch, window, strength * patch /
			(patch - 1)), TestPair.of(BOX).image()));
		assertEquals(decibel, own, TOLERANCE_DB);
	}

	/** The sums that run down the image must be those that the definition has. */
	@Test
	void equalsItsDefinition() {
		final int patch = 5, window = 9;
		final double strength = 0.7;
		final float[] image = TestPair.of(BOX).image();
		final float[] denoised = denoise(new NonLocalMeans(NoiseLevel.ofSigma(SIGMA), patch, window, strength), image);
		for (final int[] pixel : new int[][] { { 0, 0 }, { 31, 30 }, { 63, 5 }, { 20, 63 } }) {
			double sum = 0, weights = 0;
			for (int dy = -window / 2; dy <= window / 2; dy++) for (int dx = -window / 2; dx <= window / 2; dx++) {
				double distance = 0;
				for (int y = -patch / 2; y <= patch / 2; y++) for (int x = -patch / 2; x <= patch / 2; x++) {
					distance += Math.pow(at(image, pixel[0] + y, pixel[1] + x) - at(image, pixel[0] + dy + y, pixel[1] + dx + x),
						2) / (patch * patch);
				}
				final double weight = Math.exp(-Math.max(0, distance - 2 * SIGMA * SIGMA) / Math.pow(strength * SIGMA, 2));
				weights += weight;
				sum += weight * at(image, pixel[0] + dy, pixel[1] + dx);
			}
			assertEquals(sum / weights, denoised[pixel[0] * BOX + pixel[1]], 1e-4);
		}
	}

	@Test
	void followsScaleAndOffset() {
		final float[] image = TestPair.of(BOX).image();
		final float[] other = new float[image.length];
		for (int i = 0; i < image.length; i++) other[i] = 50 * image[i] - 7;
		final float[] denoised = denoise(new NonLocalMeans(NoiseLevel.ofBackground(0.75)), image);
		final float[] otherDenoised = denoise(new NonLocalMeans(NoiseLevel.ofBackground(0.75)), other);
		for (int i = 0; i < image.length; i++) assertEquals(50 * denoised[i] - 7, otherDenoised[i], 0.02);
	}

	@Test
	void leavesImagesWithoutNoiseAlone() {
		final float[] constant = new float[BOX * BOX];
		Arrays.fill(constant, 3);
		assertArrayEquals(constant, denoise(new NonLocalMeans(NoiseLevel.ofBackground(0.75)), constant));
		final float[] clean = TestPair.of(BOX).reference();
		assertArrayEquals(clean, denoise(new NonLocalMeans(NoiseLevel.ofSigma(0)), clean));
	}

	@Test
	void refusesPatchesWithoutAMiddle() {
		final NoiseLevel noise = NoiseLevel.ofSigma(1);
		final String message = assertThrows(ParameterException.class, () -> new NonLocalMeans(noise, 6, 21, 1))
			.getMessage();
		assertTrue(message.contains("patch") && message.contains("odd"), message);
		assertThrows(ParameterException.class, () -> new NonLocalMeans(noise, 7, 0, 1));
		assertThrows(ParameterException.class, () -> new NonLocalMeans(noise, 7, 21, 0));
		assertThrows(ParameterException.class, () -> NoiseLevel.ofSigma(-1));
	}

	@Test
	void refusesImagesOfAnotherBox() {
		final NonLocalMeans method = new NonLocalMeans(NoiseLevel.ofSigma(1));
		assertThrows(IllegalStateException.class, () -> method.denoise(PixelArrays.image(0, new float[1][16]),
			PixelArrays.image(0, new float[1][16])));
		method.prepare(stack(TestPair.of(BOX).image()), TaskListener.SILENT);
		assertThrows(ParameterException.class, () -> method.denoise(PixelArrays.image(0, new float[1][16]),
			PixelArrays.image(0, new float[1][16])));
	}

	private static float[] denoise(final NonLocalMeans method, final float[] image) {
		final float[][] denoised = new float[1][image.length];
		method.prepare(stack(image), TaskListener.SILENT);
		method.denoise(PixelArrays.image(0, new float[][] { image }), PixelArrays.image(0, denoised));
		return denoised[0];
	}

	private static ArrayParticleStack stack(final float[] image) {
		return new ArrayParticleStack("pair", BOX, 4, new float[][] { image });
	}

	/** Against the clean part of the image, which is 0.9 times the reference. */
	private static double psnr(final float[] denoised) {
		final float[] reference = TestPair.of(BOX).reference();
		double error = 0;
		for (int i = 0; i < denoised.length; i++) error += Math.pow(denoised[i] - 0.9 * reference[i], 2);
		return 10 * Math.log10(denoised.length / error);
	}

	private static float at(final float[] image, final int y, final int x) {
		return image[reflect(y) * BOX + reflect(x)];
	}

	private static int reflect(final int position) {
		return position < 0 ? -position : position < BOX ? position : 2 * BOX - 2 - position;
	}
}
