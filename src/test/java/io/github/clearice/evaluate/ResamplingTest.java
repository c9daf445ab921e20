package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ResamplingTest {

	@Test
	void intervalOfOneTrainingIsThatOfTheMeanOfItsImages() {
		final double[] values = new double[400];
		for (int i = 0; i < values.length; i++) values[i] = i % 20;
		final Resampling.Interval interval = Resampling.bootstrap(new double[][] { values });
		// x = numpy.arange(400) % 20; x.mean() -+ 1.96 * x.std() / 20 = 8.9349, 10.0651
		assertEquals(8.9349, interval.low(), .05);
		assertEquals(10.0651, interval.high(), .05);
	}

	@Test
	void trainingsThatDifferWidenIt() {
		final double[][] values = new double[3][100];
		for (int t = 0; t < 3; t++) Arrays.fill(values[t], t);
		final Resampling.Interval interval = Resampling.bootstrap(values);
		// Means of three draws from 0, 1, 2: 0 and 1/3 with probabilities of 1/27 and 3/27.
		assertEquals(0, interval.low());
		assertEquals(2, interval.high());
	}

	@Test
	void probabilityIsThatOfAllSigns() {
		// From itertools: 2 of the 2^5 signs are as far from 0 as 15 for 1 to 5; for 1, 1, 1, -1 it is 10 of 16.
		assertEquals(2 / 32., Resampling.signFlipProbability(new double[] { 1, 2, 3, 4, 5 }), .01);
		assertEquals(10 / 16., Resampling.signFlipProbability(new double[] { 1, 1, 1, -1 }), .02);
	}

	@Test
	void manyImagesThatAgreeAreNoChance() {
		final SplittableRandom random = Seeds.random(1, 2);
		final double[] differences = new double[300];
		for (int i = 0; i < differences.length; i++) differences[i] = .3 + random.nextGaussian();
		assertTrue(Resampling.signFlipProbability(differences) < .001);
	}
}
