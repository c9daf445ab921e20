package io.github.clearice.filter.ksvd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;
import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.filter.LowPass;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class KSvdTest {

	private static final NoiseLevel MEASURED = NoiseLevel.ofBackground(0.75);

	/**
	 * Against scikit-learn 1.2 on {@link TestPair}:
	 *
	 * <pre>
	 * x, y = pair(64); s = .3/np.sqrt(12)
	 * p = extract_patches_2d(y, (8, 8)).reshape(-1, 64); m = p.mean(1, keepdims=True); q = (p - m)/s
	 * d = MiniBatchDictionaryLearning(n_components=144, alpha=1, n_iter=300, random_state=1).fit(q).components_
	 * d /= np.linalg.norm(d, axis=1, keepdims=True)
	 * w = orthogonal_mp_gram(d@d.T, d@q.T, tol=1.15**2*64, norms_squared=(q**2).sum(1)).T
	 * z = reconstruct_from_patches_2d(((w@d)*s + m).reshape(-1, 8, 8), (64, 64))
	 * 10*np.log10(1/((z - .9*x)**2).mean())    # 34.41
	 * </pre>
	 */
	@Test
	void denoisesAsScikitLearnDoes() {
		final TestPair pair = TestPair.of(64);
		final float[] clean = pair.reference().clone();
		for (int i = 0; i < clean.length; i++) clean[i] *= 0.9f;
		final float[] denoised = denoise(new KSvd(NoiseLevel.ofSigma(0.3 / Math.sqrt(12))), 64, pair.image());
		double error = 0;
		for (int i = 0; i < clean.length; i++) error += Math.pow(denoised[i] - clean[i], 2) / clean.length;
		final double own = -10 * Math.log10(error);
		// Scikit-learn learns online by another rule, and less well: the image is to be no worse.
		assertTrue(own > 34.41 - 0.5 && own < 34.41 + 3, own + " dB");
	}

	@Test
	void isFarBetterThanTheNoisyImages() {
		final ParticlePairs pairs = GaussianMolecule.pairs(48, 10, 0.2, 51);
		final double noisy = GaussianMolecule.psnr(new LowPass(1), pairs);
		final double denoised = GaussianMolecule.psnr(new KSvd(MEASURED), pairs);
		assertTrue(denoised > noisy + 12, denoised + " dB, noisy " + noisy);
	}

	@Test
	void pursuitFindsTheAtomsOfASum() {
		final int length = 16, atoms = 40;
		final float[] dictionary = new float[length * atoms];
		final SplittableRandom random = Seeds.random(52, 0);
		for (int a = 0; a < atoms; a++) {
			double squares = 0;
			final double[] atom = new double[length];
			for (int i = 0; i < length; i++) {
				atom[i] = random.nextGaussian();
				squares += atom[i] * atom[i];
			}
			for (int i = 0; i < length; i++) dictionary[i * atoms + a] = (float) (atom[i] / Math.sqrt(squares));
		}
		final float[] signal = new float[length];
		for (int i = 0; i < length; i++) signal[i] = 3 * dictionary[i * atoms + 7] - 2 * dictionary[i * atoms + 31];
		final SparseCoder coder = new SparseCoder(length, dictionary, SparseCoder.products(length, dictionary), 5);
		assertEquals(2, coder.code(signal, 0, 1e-6));
		assertEquals(7, coder.atom(0));
		assertEquals(3, coder.weight(0), 1e-3);
		assertEquals(31, coder.atom(1));
		assertEquals(-2, coder.weight(1), 1e-3);
		assertEquals(0, coder.code(new float[length], 0, 1e-6));
	}

	/** Patches of two hidden patterns: one cosine explains little of each, one learned atom all. */
	@Test
	void learnsThePatternsOfItsPatches() {
		final int edge = 6, length = edge * edge, count = 600;
		final SplittableRandom random = Seeds.random(53, 0);
		final float[][] patterns = new float[2][length];
		for (final float[] pattern : patterns) {
			double mean = 0;
			for (int i = 0; i < length; i++) mean += (pattern[i] = (float) random.nextGaussian()) / length;
			for (int i = 0; i < length; i++) pattern[i] -= (float) mean;
		}
		final float[] patches = new float[count * length];
		for (int p = 0; p < count; p++) {
			final float weight = (float) random.nextDouble(1, 3);
			for (int i = 0; i < length; i++) patches[p * length + i] = weight * patterns[p % 2][i];
		}
		final PatchDictionary dictionary = new PatchDictionary(edge, 8, 1, 1e-2);
		assertTrue(explained(dictionary, patches) < 0.6, "by cosines " + explained(dictionary, patches));
		dictionary.learn(patches, 8, TaskListener.SILENT);
		assertEquals(1, explained(dictionary, patches), 1e-3);
	}

	@Test
	void leavesImagesWithoutNoiseAlone() {
		final float[] constant = new float[32 * 32];
		Arrays.fill(constant, 4);
		assertArrayEquals(constant, denoise(new KSvd(MEASURED), 32, constant));
	}

	@Test
	void refusesPatchesThatDoNotFit() {
		assertThrows(ParameterException.class, () -> new KSvd(MEASURED, 1));
		assertThrows(ParameterException.class, () -> new KSvd(MEASURED, 17));
		final KSvd method = new KSvd(MEASURED);
		final ArrayParticleStack small = new ArrayParticleStack("small.mrcs", 6, 1, new float[3][36]);
		final String message = assertThrows(ParameterException.class, () -> method.prepare(small, TaskListener.SILENT))
			.getMessage();
		assertTrue(message.contains("Patches of 8 pixels") && message.contains("small.mrcs"), message);
	}

	/** The part of the energy of patches of 36 pixels that one atom each explains. */
	private static double explained(final PatchDictionary dictionary, final float[] patches) {
		final SparseCoder coder = dictionary.coder(dictionary.products());
		double energy = 0, explained = 0;
		for (final float value : patches) energy += value * value;
		for (int offset = 0; offset < patches.length; offset += 36) {
			coder.code(patches, offset, 1e-2);
			explained += coder.weight(0) * coder.weight(0);
		}
		return explained / energy;
	}

	private static float[] denoise(final KSvd method, final int box, final float[] image) {
		final float[][] denoised = new float[1][image.length];
		method.prepare(new ArrayParticleStack("image", box, 4, new float[][] { image }), TaskListener.SILENT);
		method.denoise(PixelArrays.image(0, new float[][] { image }), PixelArrays.image(0, denoised));
		return denoised[0];
	}
}
