package io.github.clearice.filter.bm3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.NonLocalMeans;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class BlockMatching3DTest {

	private static final int BOX = 64;
	private static final NoiseLevel MEASURED = NoiseLevel.ofBackground(0.75);

	@Test
	void secondStageBeatsTheFirstAndBothBeatNonLocalMeans() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, 8, 0.1, 21);
		final double means = GaussianMolecule.psnr(new NonLocalMeans(MEASURED), pairs);
		final double basic = GaussianMolecule.psnr(new BlockMatching3D(MEASURED, 8, 39, BlockMatching3D.Stage.BASIC),
			pairs);
		final double both = GaussianMolecule.psnr(new BlockMatching3D(MEASURED), pairs);
		assertTrue(basic > means + 0.2, basic + " dB, non-local means " + means);
		assertTrue(both > basic + 0.2, both + " dB, first stage " + basic);
	}

	@Test
	void followsScaleAndOffset() {
		final float[] image = ((ArrayParticleStack) GaussianMolecule.pairs(BOX, 1, 0.5, 22).noisy()).images()[0];
		final float[] other = new float[image.length];
		for (int i = 0; i < image.length; i++) other[i] = 100 * image[i] - 500;
		final float[] denoised = denoise(image), otherDenoised = denoise(other);
		double error = 0;
		for (int i = 0; i < image.length; i++)
			error = Math.max(error, Math.abs(100 * denoised[i] - 500 - otherDenoised[i]));
		// Rounding may put a block into a stack or not, so pixels differ by a small part of the particle's 100.
		assertTrue(error < 2, "differs by up to " + error);
	}

	/** Squares of such pixels are no normal numbers, with which processors are slow and wrong: 155 seconds an image. */
	@Test
	void followsTheScaleOfTinyAndHugeNumbers() {
		final float[] image = ((ArrayParticleStack) GaussianMolecule.pairs(BOX, 1, 0.5, 22).noisy()).images()[0];
		for (final int exponent : new int[] { -100, 100 }) {
			final float[] other = image.clone(), expected = denoise(image);
			for (int i = 0; i < image.length; i++) {
				other[i] = Math.scalb(image[i], exponent);
				expected[i] = Math.scalb(expected[i], exponent);
			}
			assertArrayEquals(expected, denoise(other));
		}
	}

	@Test
	void leavesImagesWithoutNoiseAlone() {
		final float[] constant = new float[BOX * BOX];
		Arrays.fill(constant, -2);
		assertArrayEquals(constant, denoise(constant));
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, 1, Double.POSITIVE_INFINITY, 23);
		assertTrue(GaussianMolecule.psnr(new BlockMatching3D(NoiseLevel.ofSigma(1e-6)), pairs) > 90);
	}

	@Test
	void findsTheBlocksThatASearchFinds() {
		final float[] image = ((ArrayParticleStack) GaussianMolecule.pairs(24, 1, 1, 24).noisy()).images()[0];
		final BlockMatching matching = new BlockMatching(24, 6, 5, 9, 4);
		matching.match(image);
		assertEquals(25, matching.size());
		for (int reference = 0; reference < matching.size(); reference++) {
			final int own = matching.place(reference, 0), y0 = own / 24, x0 = own % 24;
			assertEquals(4, matching.found(reference));
			final double[] all = new double[81];
			Arrays.fill(all, Double.POSITIVE_INFINITY);
			for (int y = Math.max(0, y0 - 4); y <= Math.min(18, y0 + 4); y++)
				for (int x = Math.max(0, x0 - 4); x <= Math.min(18, x0 + 4); x++)
					all[(y - y0 + 4) * 9 + x - x0 + 4] = distance(image, own, y * 24 + x);
			Arrays.sort(all);
			for (int n = 0; n < 4; n++) assertEquals(all[n], distance(image, own, matching.place(reference, n)), 1e-3);
		}
	}

	@Test
	void cosinesAreOrthonormalAndInvert() {
		final CosineTransform transform = new CosineTransform(8, 1);
		final float[] block = Arrays.copyOf(((ArrayParticleStack) GaussianMolecule.pairs(8, 1, 1, 25).noisy()).images()[0],
			64);
		final float[] there = block.clone();
		transform.forward(there, 1);
		double mean = 0, energy = 0, coefficients = 0;
		for (int i = 0; i < 64; i++) {
			mean += block[i] / 64;
			energy += block[i] * block[i];
			coefficients += there[i] * there[i];
		}
		assertEquals(8 * mean, there[0], 1e-4);
		assertEquals(energy, coefficients, 1e-4 * energy);
		transform.inverse(there, 1);
		assertArrayEquals(block, there, 1e-4f);
	}

	@Test
	void refusesBlocksThatDoNotFit() {
		final ParticlePairs pairs = GaussianMolecule.pairs(16, 1, 1, 26);
		final BlockMatching3D large = new BlockMatching3D(MEASURED, 16, 39, BlockMatching3D.Stage.FINAL);
		final String message = assertThrows(ParameterException.class, () -> large.prepare(pairs.noisy(),
			TaskListener.SILENT)).getMessage();
		assertTrue(message.contains("Blocks of 16 pixels"), message);
		assertThrows(ParameterException.class, () -> new BlockMatching3D(MEASURED, 1, 39, BlockMatching3D.Stage.FINAL));
		assertThrows(ParameterException.class, () -> new BlockMatching3D(MEASURED, 8, 20, BlockMatching3D.Stage.FINAL));
	}

	private static double distance(final float[] image, final int first, final int second) {
		double sum = 0;
		for (int y = 0; y < 6; y++)
			for (int x = 0; x < 6; x++)
				sum += Math.pow(image[first + y * 24 + x] - image[second + y * 24 + x], 2);
		return sum;
	}

	private static float[] denoise(final float[] image) {
		final float[][] denoised = new float[1][image.length];
		final BlockMatching3D method = new BlockMatching3D(MEASURED);
		method.prepare(new ArrayParticleStack("image", BOX, 4, new float[][] { image }), TaskListener.SILENT);
		method.denoise(PixelArrays.image(0, new float[][] { image }), PixelArrays.image(0, denoised));
		return denoised[0];
	}
}
