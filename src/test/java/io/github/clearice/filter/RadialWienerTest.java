package io.github.clearice.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

class RadialWienerTest {

	private static final int BOX = 48;
	private static final int COUNT = 200;
	private static final double SIGMA = 1.5;
	private static final IntToDoubleFunction WHITE = ring -> 1;
	/** Noise that is stronger at low frequencies, as ice and detectors make it. */
	private static final IntToDoubleFunction COLOURED = ring -> 2 / (1 + 0.15 * ring);

	private final ArrayParticleStack clean = blobs();

	@Test
	void findsTheNoiseLevelOutsideTheParticle() {
		assertEquals(SIGMA, NoiseLevel.sigma(noisy(WHITE), new ParticleBackground(BOX), TaskListener.SILENT), 0.01 * SIGMA);
	}

	@Test
	void backgroundOfWhiteNoiseHasAFlatSpectrum() {
		assertNoise(RadialSpectra.ofBackground(noisy(WHITE), new ParticleBackground(BOX), TaskListener.SILENT), WHITE);
	}

	@Test
	void findsTheColourOfTheNoise() {
		assertNoise(RadialSpectra.ofBackground(noisy(COLOURED), new ParticleBackground(BOX), TaskListener.SILENT),
			COLOURED);
	}

	@Test
	void oracleSpectraAreThoseOfThePairs() {
		assertNoise(RadialSpectra.ofPairs(new ParticlePairs(noisy(COLOURED), clean), TaskListener.SILENT), COLOURED);
	}

	@Test
	void estimatedFilterComesNearTheOracle() {
		for (final IntToDoubleFunction colour : new IntToDoubleFunction[] { WHITE, COLOURED }) {
			final ArrayParticleStack noisy = noisy(colour);
			final double oracle = psnr(RadialWiener.oracle(new ParticlePairs(noisy, clean), TaskListener.SILENT), noisy);
			final double estimated = psnr(RadialWiener.of(NoiseLevel.ofBackground(
				ParticleBackground.DEFAULT_DIAMETER_FRACTION)), noisy);
			assertTrue(estimated > oracle - 0.1 && estimated < oracle + 0.02, estimated + " dB, oracle " + oracle);
			assertTrue(psnr(LowPass.best(new ParticlePairs(noisy, clean), TaskListener.SILENT), noisy) < oracle + 0.02);
		}
	}

	@Test
	void knownSigmaServesWhiteNoise() {
		final ArrayParticleStack noisy = noisy(WHITE);
		final double oracle = psnr(RadialWiener.oracle(new ParticlePairs(noisy, clean), TaskListener.SILENT), noisy);
		assertEquals(oracle, psnr(RadialWiener.of(NoiseLevel.ofSigma(SIGMA)), noisy), 0.05);
	}

	@Test
	void findsTheNoiseOfParticlesThatFillTheirBox() {
		final float[][] waves = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++)
			for (int p = 0; p < BOX * BOX; p++)
				waves[i][p] = (float) (4 * Math.cos(0.3 * (p % BOX) + i) * Math.cos(0.4 * (p / BOX) - i));
		final ArrayParticleStack filling = new ArrayParticleStack("waves", BOX, 1, waves), noisy = noisy(filling, WHITE);
		assertTrue(NoiseLevel.sigma(noisy, new ParticleBackground(BOX), TaskListener.SILENT) > 1.5 * SIGMA);
		final double found = NoiseLevel.ofFinestDetail().ofImages(noisy).applyAsDouble(noisy.images()[0]);
		assertEquals(SIGMA, found, 0.1 * SIGMA);
		assertEquals(psnr(RadialWiener.of(NoiseLevel.ofSigma(SIGMA)), noisy, filling), psnr(RadialWiener.of(NoiseLevel
			.ofFinestDetail()), noisy, filling), 0.1);
	}

	@Test
	void noiseFreeImagesPassUnchanged() {
		final RadialWiener wiener = RadialWiener.of(NoiseLevel.ofSigma(0));
		wiener.prepare(clean, TaskListener.SILENT);
		final float[][] denoised = new float[1][BOX * BOX];
		wiener.denoise(PixelArrays.image(0, new float[][] { clean.images()[3] }), PixelArrays.image(0, denoised));
		for (int i = 0; i < denoised[0].length; i++) assertEquals(clean.images()[3][i], denoised[0][i], 1e-5);
	}

	@Test
	void refusesWhatItCannotEstimateFrom() {
		final ArrayParticleStack empty = new ArrayParticleStack("empty.mrcs", BOX, 1, new float[0][]);
		final ArrayParticleStack nan = noisy(WHITE);
		nan.images()[4][BOX] = Float.NaN;
		final RadialWiener wiener = RadialWiener.of(NoiseLevel.ofBackground(0.75));
		assertThrows(ParameterException.class, () -> wiener.prepare(empty, TaskListener.SILENT));
		final String message = assertThrows(ParameterException.class, () -> wiener.prepare(nan, TaskListener.SILENT))
			.getMessage();
		assertTrue(message.startsWith("Particle 5 of noisy.mrcs holds NaN at pixel (0, 1)"), message);
		assertThrows(ParameterException.class, () -> RadialWiener.of(NoiseLevel.ofBackground(1.5)));
		assertThrows(ParameterException.class, () -> RadialWiener.of(NoiseLevel.ofSigma(-1)).prepare(noisy(WHITE),
			TaskListener.SILENT));
	}

	@Test
	void refusesSpectraOfAnotherBox() {
		final RadialWiener wiener = RadialWiener.oracle(new ParticlePairs(clean, clean), TaskListener.SILENT);
		final ParticleStack small = new ArrayParticleStack("small.mrcs", 8, 1, new float[2][64]);
		assertThrows(ParameterException.class, () -> wiener.prepare(small, TaskListener.SILENT));
	}

	private static void assertNoise(final RadialSpectra spectra, final IntToDoubleFunction colour) {
		for (int ring = 2; ring <= BOX / 2; ring++) {
			final double expected = Math.pow(SIGMA * colour.applyAsDouble(ring) * BOX, 2);
			// 200 images of at least 12 coefficients, half of them independent; the background keeps half of those.
			assertEquals(expected, spectra.noise()[ring], 0.12 * expected, "ring " + ring);
		}
	}

	private double psnr(final Denoiser denoiser, final ArrayParticleStack noisy) {
		return psnr(denoiser, noisy, clean);
	}

	private static double psnr(final Denoiser denoiser, final ArrayParticleStack noisy, final ArrayParticleStack truth) {
		final float[][] denoised = new float[COUNT][BOX * BOX];
		denoiser.prepare(noisy, TaskListener.SILENT);
		denoiser.denoise(PixelArrays.image(0, noisy.images()), PixelArrays.image(0, denoised));
		double sum = 0;
		for (int i = 0; i < COUNT; i++) {
			double error = 0;
			for (int p = 0; p < BOX * BOX; p++) error += Math.pow(denoised[i][p] - truth.images()[i][p], 2);
			sum -= 10 * Math.log10(error / (BOX * BOX));
		}
		return sum / COUNT;
	}

	private ArrayParticleStack noisy(final IntToDoubleFunction colour) {
		return noisy(clean, colour);
	}

	private static ArrayParticleStack noisy(final ArrayParticleStack truth, final IntToDoubleFunction colour) {
		final FourierShells rings = FourierShells.ofImages(BOX);
		final double[] amplitudes = new double[rings.count()];
		for (int ring = 0; ring < amplitudes.length; ring++) amplitudes[ring] = colour.applyAsDouble(ring);
		final FourierFilter filter = new FourierFilter(BOX, rings.spread(amplitudes));
		final float[][] images = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final SplittableRandom random = Seeds.random(11, i);
			for (int p = 0; p < BOX * BOX; p++) images[i][p] = (float) (SIGMA * random.nextGaussian());
			filter.apply(images[i], images[i]);
			for (int p = 0; p < BOX * BOX; p++) images[i][p] += truth.images()[i][p];
		}
		return new ArrayParticleStack("noisy.mrcs", BOX, 3, images);
	}

	/** Five blobs each, well inside the circle that separates particle and background. */
	private static ArrayParticleStack blobs() {
		final float[][] images = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final SplittableRandom random = Seeds.random(12, i);
			for (int blob = 0; blob < 5; blob++) {
				final double x0 = BOX / 2 + random.nextDouble(-8, 8), y0 = BOX / 2 + random.nextDouble(-8, 8);
				for (int p = 0; p < BOX * BOX; p++) {
					final double dx = p % BOX - x0, dy = p / BOX - y0;
					images[i][p] += (float) Math.exp(-(dx * dx + dy * dy) / 10);
				}
			}
		}
		return new ArrayParticleStack("clean.mrcs", BOX, 3, images);
	}
}
