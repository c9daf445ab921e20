package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.metrics.QualityScores;
import io.github.clearice.metrics.StackQuality;

import java.util.List;

import org.junit.jupiter.api.Test;

class MethodTableTest {

	@Test
	void alignsMethodsInTheOrderGiven() {
		final StackQuality noisy = new StackQuality("noisy", List.of(new QualityScores(0.4, 4, 0.02, 0.1, 100, 90),
			new QualityScores(0.38, 4.2, 0.04, 0.1, 120, 90)), null);
		final StackQuality truth = new StackQuality("the truth", List.of(new QualityScores(0, Double.POSITIVE_INFINITY, 1,
			Double.POSITIVE_INFINITY, 8, 8)), null);
		assertEquals(String.join("\n", //
			"method           MSE       PSNR dB            SSIM      FRC 0.5 Å", //
			"noisy       3.90e-01   4.10 (0.14)   0.030 (0.014)   110.0 (14.1)", //
			"the truth   0.00e+00       inf (-)       1.000 (-)        8.0 (-)", ""), MethodTable.format(List.of(noisy,
				truth)));
	}
}
