package io.github.clearice.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.filter.bm3d.BlockMatching3D;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The baselines on RELION's 300 projections of β-galactosidase (64 pixels of
 * 4 Å) at SNR 0.1, one noise level for all, PSNR of each image scaled to [0, 1];
 * the same in numpy:
 *
 * <pre>
 * x = mrcfile.open('betagal_64_clean.mrcs').data.astype(float); n = 64; rng = np.random.default_rng(1)
 * s = np.sqrt(x.var(axis=(1,2)).mean()/0.1); y = x + s*rng.standard_normal(x.shape)
 * f = np.fft.fftfreq(n)*n; k2 = f[:,None]**2 + f**2; k = np.rint(np.sqrt(k2)).astype(int)
 * Y, X = np.fft.fft2(y), np.fft.fft2(x); ring = lambda P: np.bincount(k.ravel(), P.ravel())/np.bincount(k.ravel())
 * psnr = lambda H: (10*np.log10(np.ptp(x,axis=(1,2))**2/((np.fft.ifft2(Y*H).real-x)**2).mean(axis=(1,2)))).mean()
 * S = ring((abs(X)**2).mean(0)); psnr((S/(S+s*s*n*n))[k])    # oracle Wiener: 22.07
 * P = ring((abs(Y)**2).mean(0)); psnr((np.maximum(0, P-s*s*n*n)/P)[k])    # known sigma: 22.06
 * psnr(2.0**(-k2*(70/256)**2))    # low-pass 70 Å: 22.02; 65 Å: 21.97, 80 Å: 21.93
 * psnr(1)    # noisy: 4.10
 * </pre>
 */
class BaselineTest {

	private static final double SNR = 0.1;

	/** Noise differs from numpy's: the mean of 300 PSNRs moves by less than this. */
	private static final double TOLERANCE = 0.1;

	private ParticlePairs pairs;

	@BeforeEach
	void addNoise() {
		final ArrayParticleStack clean;
		try (MrcParticleStack file = MrcParticleStack.open(TestData.file("relion/betagal_64_clean.mrcs"))) {
			clean = ArrayParticleStack.copyOf(file, IntStream.range(0, file.size()).toArray());
		}
		double variance = 0;
		for (final float[] image : clean.images()) variance += ImageStatistics.of(image).variance() / clean.size();
		final double sigma = Math.sqrt(variance / SNR);
		final float[][] noisy = new float[clean.size()][];
		for (int i = 0; i < noisy.length; i++) {
			final SplittableRandom random = Seeds.random(1, i);
			noisy[i] = clean.images()[i].clone();
			for (int p = 0; p < noisy[i].length; p++) noisy[i][p] += (float) (sigma * random.nextGaussian());
		}
		pairs = new ParticlePairs(new ArrayParticleStack("noisy", clean.box(), 4, noisy), clean);
	}

	@Test
	void bestLowPassEqualsNumpy() {
		final LowPass best = LowPass.best(pairs, TaskListener.SILENT);
		assertEquals(71, best.cutoffAngstrom(), 2);
		assertEquals(22.02, GaussianMolecule.psnr(best, pairs), TOLERANCE);
		assertEquals(21.97, GaussianMolecule.psnr(new LowPass(65), pairs), TOLERANCE);
		assertEquals(21.93, GaussianMolecule.psnr(new LowPass(80), pairs), TOLERANCE);
	}

	@Test
	void wienerFiltersEqualNumpy() {
		final double oracle = GaussianMolecule.psnr(RadialWiener.oracle(pairs, TaskListener.SILENT), pairs);
		assertEquals(22.07, oracle, TOLERANCE);
		assertEquals(22.06, GaussianMolecule.psnr(RadialWiener.of(NoiseLevel.ofSigma(396.3)), pairs), TOLERANCE);
		final double estimated = GaussianMolecule.psnr(RadialWiener.of(NoiseLevel.ofBackground(0.75)), pairs);
		assertTrue(estimated > oracle - 0.05, estimated + " dB, oracle " + oracle);
	}

	@Test
	void blockMatchingBeatsNonLocalMeansByHalfADecibelInEitherStage() {
		final int[] first = IntStream.range(0, 10).toArray();
		final ParticlePairs few = new ParticlePairs(ArrayParticleStack.copyOf(pairs.noisy(), first), ArrayParticleStack
			.copyOf(pairs.clean(), first));
		final NoiseLevel noise = NoiseLevel.ofBackground(0.75);
		final double means = GaussianMolecule.psnr(new NonLocalMeans(noise), few);
		final double basic = GaussianMolecule.psnr(new BlockMatching3D(noise, 8, 39, BlockMatching3D.Stage.BASIC), few);
		final double both = GaussianMolecule.psnr(new BlockMatching3D(noise), few);
		assertTrue(basic > means + 0.5 && both > basic + 0.1, "non-local means " + means + " dB, first stage " + basic +
			", both " + both);
	}
}
