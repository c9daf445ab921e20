package io.github.clearice.filter.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.SplitMachines;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class SimilarViewsTest {

	private static final int BOX = 24;
	private static final int COUNT = 500;
	private static final NoiseLevel MEASURED = NoiseLevel.ofBackground(0.75);

	private static final TwoDefoci TWO_DEFOCI = new TwoDefoci(COUNT);

	@Test
	void imagesOfSimilarViewsTellMoreThanTheirCovariance() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, COUNT, 0.3, 3);
		final double views = GaussianMolecule.psnr(SimilarViews.of(MEASURED, TransferFunctions.NONE), pairs);
		final double covariance = GaussianMolecule.psnr(CovarianceWiener.of(MEASURED), pairs);
		final double oracle = GaussianMolecule.psnr(CovarianceWiener.oracle(pairs), pairs);
		assertTrue(views > covariance + 1, views + " dB, covariance " + covariance);
		assertTrue(views > oracle + 0.8, views + " dB, the best linear filter " + oracle);
	}

	@Test
	void imagesOfOtherDefociFillInWhatOneLacks() {
		final ParticlePairs clean = GaussianMolecule.pairs(BOX, COUNT, Double.POSITIVE_INFINITY, 8);
		final ParticlePairs pairs = new ParticlePairs(TWO_DEFOCI.observed(clean.clean()), clean.clean());
		final NoiseLevel noise = NoiseLevel.ofSigma(0.5);
		final double views = GaussianMolecule.psnr(SimilarViews.of(noise, TWO_DEFOCI), pairs);
		final double covariance = GaussianMolecule.psnr(CovarianceWiener.of(noise, TWO_DEFOCI), pairs);
		assertTrue(views > covariance + 0.5, views + " dB, covariance " + covariance);
	}

	/** Images of no view in common: nothing may be taken from one to the other. */
	@Test
	void imagesThatAreNotAlikeStayAsTheCovarianceHasThem() {
		final float[][] clean = new float[COUNT][BOX * BOX], noisy = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final float[] own = ((ArrayParticleStack) GaussianMolecule.pairs(BOX, 1, 1, 100 + i).clean()).images()[0];
			final SplittableRandom random = Seeds.random(5, i);
			for (int p = 0; p < own.length; p++) {
				clean[i][p] = own[p];
				noisy[i][p] = (float) (own[p] + 1.5 * random.nextGaussian());
			}
		}
		final ParticlePairs pairs = new ParticlePairs(new ArrayParticleStack("noisy", BOX, 4, noisy),
			new ArrayParticleStack("clean", BOX, 4, clean));
		final double views = GaussianMolecule.psnr(SimilarViews.of(MEASURED, TransferFunctions.NONE), pairs);
		final double covariance = GaussianMolecule.psnr(CovarianceWiener.of(MEASURED), pairs);
		assertEquals(covariance, views, 0.2);
	}

	/** Aligned to each other, images of pure noise can be averaged to anything: "Einstein from noise". */
	@Test
	void makesNothingOfPureNoise() {
		final float[][] noise = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final SplittableRandom random = Seeds.random(6, i);
			for (int p = 0; p < noise[i].length; p++) noise[i][p] = (float) random.nextGaussian();
		}
		double power = 0;
		for (final float[] image : denoised(SimilarViews.of(MEASURED, TransferFunctions.NONE), noise)) for (
			final float pixel : image) power += pixel * pixel / COUNT / image.length;
		assertTrue(power < 3e-4, "power " + power);
	}

	/** Its best matches are particles, but it shows none. */
	@Test
	void anEmptyImageAmongParticlesStaysEmpty() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, COUNT, 0.3, 3);
		final float[][] noisy = images(pairs.noisy()), clean = images(pairs.clean());
		for (int i = 0; i < COUNT; i += 10) for (int p = 0; p < BOX * BOX; p++) noisy[i][p] -= clean[i][p];
		final float[][] results = denoised(SimilarViews.of(MEASURED, TransferFunctions.NONE), noisy);
		double empty = 0, particles = 0;
		for (int i = 0; i < COUNT; i++) for (final float pixel : results[i]) {
			if (i % 10 == 0) empty += pixel * pixel;
			else particles += pixel * pixel / 9;
		}
		assertTrue(empty < 0.05 * particles, "power " + empty + " of that of particles " + particles);
	}

	@Test
	void theSameImageTwiceDoesNotConfirmItself() {
		final float[][] noisy = images(GaussianMolecule.pairs(BOX, COUNT, 0.3, 3).noisy());
		final float[][] doubled = new float[COUNT][];
		// Every fourth image is there twice, so the stack hardly differs.
		for (int i = 0; i < COUNT; i++) doubled[i] = noisy[i % 4 == 1 ? i - 1 : i];
		final float[][] once = denoised(SimilarViews.of(MEASURED, TransferFunctions.NONE), noisy);
		final float[][] twice = denoised(SimilarViews.of(MEASURED, TransferFunctions.NONE), doubled);
		double change = 0, added = 0;
		for (int i = 0; i < COUNT; i += 4) for (int p = 0; p < BOX * BOX; p++) {
			change += Math.pow(twice[i][p] - once[i][p], 2);
			added += Math.pow(noisy[i][p] - once[i][p], 2);
		}
		assertTrue(change < 0.01 * added, "change " + change + " of the noise's " + added);
	}

	@Test
	void fewImagesAreFilteredByTheirCovariance() {
		final float[][] noisy = images(GaussianMolecule.pairs(BOX, 100, 0.3, 3).noisy());
		assertArrayEquals(denoised(CovarianceWiener.of(MEASURED), noisy)[7], denoised(SimilarViews.of(MEASURED,
			TransferFunctions.NONE), noisy)[7]);
	}

	@Test
	void theNumberOfMachinesChangesNothing() {
		final float[][] noisy = images(GaussianMolecule.pairs(BOX, 150, 0.3, 3).noisy());
		final float[][][] shared = new float[1][][];
		new SplitMachines(3).share(() -> shared[0] = denoised(SimilarViews.of(MEASURED, TransferFunctions.NONE), noisy));
		assertArrayEquals(denoised(SimilarViews.of(MEASURED, TransferFunctions.NONE), noisy), shared[0]);
	}

	private static float[][] images(final ParticleStack stack) {
		return ((ArrayParticleStack) stack).images();
	}

	private static float[][] denoised(final Denoiser method, final float[][] images) {
		method.prepare(new ArrayParticleStack("stack", BOX, 4, images), TaskListener.SILENT);
		final float[][] denoised = new float[images.length][BOX * BOX];
		method.denoise(PixelArrays.image(0, images), PixelArrays.image(0, denoised));
		return denoised;
	}
}
