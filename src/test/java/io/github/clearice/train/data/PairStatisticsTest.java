package io.github.clearice.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.TrainingSet.PairStatistics;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class PairStatisticsTest {

	private static final int BOX = 16, COUNT = 40;

	@Test
	void knowsTheLevelOfCleanImagesOfOneMean() {
		assertEquals(3, level(0), 1e-5);
	}

	@Test
	void leavesTheLevelOpenWhereMeansDifferAsMuchAsNoiseMakesThem() {
		// Noise of standard deviation 2: that of the mean of 256 pixels is an eighth.
		assertNull(level(0.125));
	}

	/** @param spread standard deviation of the means of the clean images */
	private static Double level(final double spread) {
		final SplittableRandom random = Seeds.random(11);
		final float[][] clean = new float[COUNT][BOX * BOX], noisy = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final double mean = 3 + spread * random.nextGaussian();
			for (int p = 0; p < BOX * BOX; p++) {
				clean[i][p] = (float) (mean + (p % 2 == 0 ? 1 : -1));
				noisy[i][p] = (float) (clean[i][p] + 2 * random.nextGaussian());
			}
		}
		try (ParticlePairs pairs = new ParticlePairs(new ArrayParticleStack("noisy", BOX, 1, noisy), new ArrayParticleStack(
			"clean", BOX, 1, clean)))
		{
			return PairStatistics.of(PairSource.of(pairs), TaskListener.SILENT).normalisation().level();
		}
	}
}
