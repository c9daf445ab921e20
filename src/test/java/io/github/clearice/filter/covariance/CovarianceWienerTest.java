package io.github.clearice.filter.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.RadialWiener;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class CovarianceWienerTest {

	private static final int BOX = 32;
	private static final int COUNT = 600;
	private static final NoiseLevel MEASURED = NoiseLevel.ofBackground(0.75);

	private static final TwoDefoci TWO_DEFOCI = new TwoDefoci(COUNT);

	@Test
	void comesNearTheOracleAndIsFarAboveTheRadialFilter() {
		for (final double snr : new double[] { 1, 0.1 }) {
			final ParticlePairs pairs = GaussianMolecule.pairs(BOX, COUNT, snr, 3);
			final double oracle = GaussianMolecule.psnr(CovarianceWiener.oracle(pairs), pairs);
			final double learned = GaussianMolecule.psnr(CovarianceWiener.of(MEASURED), pairs);
			final double radial = GaussianMolecule.psnr(RadialWiener.oracle(pairs, TaskListener.SILENT), pairs);
			assertTrue(learned > oracle - 0.5 && learned < oracle + 0.05, learned + " dB, oracle " + oracle);
			assertTrue(learned > radial + 2, learned + " dB, radial " + radial);
		}
	}

	@Test
	void learnsMoreFromMoreImages() {
		final ParticlePairs many = GaussianMolecule.pairs(BOX, COUNT, 0.05, 4);
		final ParticlePairs few = GaussianMolecule.pairs(BOX, 60, 0.05, 4);
		final double manyGap = GaussianMolecule.psnr(CovarianceWiener.oracle(many), many) - GaussianMolecule.psnr(
			CovarianceWiener.of(MEASURED), many);
		final double fewGap = GaussianMolecule.psnr(CovarianceWiener.oracle(few), few) - GaussianMolecule.psnr(
			CovarianceWiener.of(MEASURED), few);
		assertTrue(manyGap < fewGap - 0.3, "gaps to the oracle " + manyGap + " and " + fewGap);
	}

	@Test
	void passesImagesWithoutNoiseUnchanged() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, 100, Double.POSITIVE_INFINITY, 5);
		assertTrue(GaussianMolecule.psnr(CovarianceWiener.of(NoiseLevel.ofSigma(0)), pairs) > 60);
	}

	@Test
	void worksOnOddBoxes() {
		final ParticlePairs pairs = GaussianMolecule.pairs(27, 300, 0.2, 10);
		final double learned = GaussianMolecule.psnr(CovarianceWiener.of(MEASURED), pairs);
		final double radial = GaussianMolecule.psnr(RadialWiener.of(MEASURED), pairs);
		assertTrue(learned > radial + 1.5, learned + " dB, radial " + radial);
	}

	@Test
	void turnsWithTheImage() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, 200, 0.5, 6);
		final Denoiser method = CovarianceWiener.of(MEASURED);
		method.prepare(pairs.noisy(), TaskListener.SILENT);
		final float[] image = ((ArrayParticleStack) pairs.noisy()).images()[7];
		final float[][] turned = { image, new float[BOX * BOX] }, denoised = new float[2][BOX * BOX];
		for (int y = 1; y < BOX; y++) for (int x = 1; x < BOX; x++) turned[1][x * BOX + BOX - y] = image[y * BOX + x];
		method.denoise(PixelArrays.image(0, turned), PixelArrays.image(0, denoised));
		// About pixel box / 2 the first row and column have no partner; well inside nothing of them is left.
		for (int y = 8; y < BOX - 7; y++) for (int x = 8; x < BOX - 7; x++) assertEquals(denoised[0][y * BOX + x],
			denoised[1][x * BOX + BOX - y], 0.08);
	}

	@Test
	void followsScaleAndOffset() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, 100, 0.5, 7);
		final float[][] noisy = ((ArrayParticleStack) pairs.noisy()).images(), other = new float[noisy.length][BOX * BOX];
		for (int i = 0; i < noisy.length; i++)
			for (int p = 0; p < noisy[i].length; p++)
				other[i][p] = 100 * noisy[i][p] + 300;
		final float[] own = denoise(pairs.noisy(), noisy), scaled = denoise(new ArrayParticleStack("scaled", BOX, 4, other),
			other);
		for (int p = 0; p < own.length; p++) assertEquals(100 * own[p] + 300, scaled[p], 0.1);
	}

	@Test
	void takesTransferFunctionsOut() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, COUNT, Double.POSITIVE_INFINITY, 8);
		final ParticlePairs observed = new ParticlePairs(TWO_DEFOCI.observed(pairs.clean()), pairs.clean());
		final double corrected = GaussianMolecule.psnr(CovarianceWiener.of(NoiseLevel.ofSigma(0.5), TWO_DEFOCI), observed);
		final double uncorrected = GaussianMolecule.psnr(CovarianceWiener.of(NoiseLevel.ofSigma(0.5)), observed);
		assertTrue(corrected > uncorrected + 3, corrected + " dB, uncorrected " + uncorrected);
		final double oracle = GaussianMolecule.psnr(CovarianceWiener.oracle(observed, NoiseLevel.ofSigma(0.5), TWO_DEFOCI),
			observed);
		assertTrue(corrected > oracle - 1.5 && corrected < oracle + 0.05, corrected + " dB, oracle " + oracle);
	}

	@Test
	void eachParticleGetsItsOwnTransferFunction() {
		final ParticleStack noisy = TWO_DEFOCI.observed(GaussianMolecule.pairs(BOX, COUNT, Double.POSITIVE_INFINITY, 8)
			.clean());
		final CovarianceWiener method = CovarianceWiener.of(NoiseLevel.ofSigma(0.5), TWO_DEFOCI);
		method.prepare(noisy, TaskListener.SILENT);
		final float[][] all = new float[COUNT][BOX * BOX], two = new float[2][BOX * BOX], alone = new float[1][BOX * BOX];
		method.denoise(noisy.image(), PixelArrays.image(0, all));
		method.denoise(Views.interval(noisy.image(), new long[] { 0, 0, 7 }, new long[] { BOX - 1, BOX - 1, 8 }),
			PixelArrays
			.image(7, two));
		assertArrayEquals(all[7], two[0]);
		assertArrayEquals(all[8], two[1]);
		// The same pixels as another particle, which has the other defocus.
		final float[] pixels = PixelArrays.of(noisy.image())[7];
		method.denoise(PixelArrays.image(6, pixels), PixelArrays.image(6, alone));
		assertFalse(Arrays.equals(all[7], alone[0]));
		final String message = assertThrows(ParameterException.class, () -> method.denoise(PixelArrays.otherImages(pixels),
			PixelArrays.otherImages(alone))).getMessage();
		assertTrue(message.contains("the " + COUNT + " particles of the stack"), message);
	}

	@Test
	void refusesWhatItCannotLearnFrom() {
		final ParticleStack few = GaussianMolecule.pairs(BOX, 5, 1, 1).noisy();
		final String message = assertThrows(ParameterException.class, () -> CovarianceWiener.of(MEASURED).prepare(few,
			TaskListener.SILENT)).getMessage();
		assertTrue(message.contains("5 particles") && message.contains("at least 16"), message);
		final ParticleStack tiny = new ArrayParticleStack("tiny.mrcs", 4, 1, new float[9][16]);
		assertThrows(ParameterException.class, () -> CovarianceWiener.of(MEASURED).prepare(tiny, TaskListener.SILENT));
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, 40, 1, 1);
		((ArrayParticleStack) pairs.noisy()).images()[3][5] = Float.NaN;
		assertThrows(ParameterException.class, () -> CovarianceWiener.of(MEASURED).prepare(pairs.noisy(),
			TaskListener.SILENT));
	}

	@Test
	void constantImagesStayConstant() {
		final float[][] constant = new float[40][BOX * BOX];
		for (final float[] image : constant) Arrays.fill(image, 5);
		for (final float pixel : denoise(new ArrayParticleStack("constant", BOX, 4, constant), constant)) assertEquals(5,
			pixel, 1e-3);
	}

	private static float[] denoise(final ParticleStack stack, final float[][] images) {
		final Denoiser method = CovarianceWiener.of(MEASURED);
		method.prepare(stack, TaskListener.SILENT);
		final float[][] denoised = new float[images.length][BOX * BOX];
		method.denoise(PixelArrays.image(0, images), PixelArrays.image(0, denoised));
		return denoised[3];
	}
}
