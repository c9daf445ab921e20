package io.github.clearice.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.train.options.LearningRate.Decay;

import org.junit.jupiter.api.Test;

class LearningRateTest {

	@Test
	void risesInALineAndFallsAlongACosine() {
		final LearningRate rate = new LearningRate(0.01, 200, Decay.COSINE, 5);
		assertEquals(0.01 / 200, rate.at(1, 0), 1e-12);
		assertEquals(0.005, rate.at(100, 0), 1e-12);
		assertEquals(0.01, rate.at(200, 0), 1e-12);
		// Loshchilov and Hutter 2017, equation 5, between 1 % of the peak and the peak.
		assertEquals(0.0001 + 0.0099 * 0.5, rate.at(1000, 0.5), 1e-12);
		assertEquals(0.0001 + 0.0099 * (1 + Math.sqrt(0.5)) / 2, rate.at(1000, 0.25), 1e-12);
		assertEquals(0.0001, rate.at(2000, 1), 1e-12);
		assertEquals(0.0001, rate.at(2000, 7), 1e-12);
	}

	@Test
	void staysAtThePeakWhereItDoesNotDecay() {
		final LearningRate rate = new LearningRate(0.01, 0, Decay.NONE, 5);
		assertEquals(0.01, rate.at(1, 0), 0);
		assertEquals(0.01, rate.at(1000, 1), 0);
	}
}
