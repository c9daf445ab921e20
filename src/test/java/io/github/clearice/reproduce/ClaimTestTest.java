package io.github.clearice.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.Finding.Verdict;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ClaimTestTest {

	private static Effect effect(final double value) {
		return new Effect("it", value, value - 0.2, value + 0.2);
	}

	private static ClaimTest test() {
		return ClaimTest.above(1, "It is more.", "a difference above 1");
	}

	@Test
	void aClaimHoldsOrDoesNotOnlyWhereItsIntervalLeavesNoDoubt() {
		assertEquals(Verdict.HOLDS, test().found(effect(1.3)).finding().verdict());
		assertEquals(Verdict.FAILS, test().found(effect(0.7)).finding().verdict());
		assertEquals(Verdict.OPEN, test().found(effect(1.1)).finding().verdict());
		assertEquals(Verdict.OPEN, test().found(effect(0.9)).finding().verdict());
		assertEquals(Verdict.OPEN, test().found(new Effect("it", 5, Double.NaN, Double.NaN)).finding().verdict());
		assertEquals(Verdict.OPEN, test().finding().verdict());
	}

	@Test
	void oneCaseIsEnoughToContradictAClaimAndOneOpenCaseToLeaveItOpen() {
		assertEquals(Verdict.FAILS, test().found(effect(3)).found(effect(0)).found(effect(1)).finding().verdict());
		assertEquals(Verdict.OPEN, test().found(effect(3)).found(effect(1)).finding().verdict());
		assertEquals(Verdict.HOLDS, test().found(effect(3)).found(effect(2)).finding().verdict());
	}

	@Test
	void aMarginIsDecidedInBothDirections() {
		for (final int sign : new int[] { 1, -1 }) {
			assertEquals(Verdict.HOLDS, alike(sign * 0.3));
			assertEquals(Verdict.OPEN, alike(sign * 0.9));
			assertEquals(Verdict.FAILS, alike(sign * 1.3));
		}
		assertEquals(Verdict.FAILS, ClaimTest.below(1, "It is less.", "").found(effect(1.3)).finding().verdict());
		assertEquals(Verdict.HOLDS, ClaimTest.below(1, "It is less.", "").found(effect(0.3)).finding().verdict());
	}

	private static Verdict alike(final double difference) {
		return ClaimTest.within(1, "They are alike.", "").found(effect(difference)).finding().verdict();
	}

	@Test
	void aTestThatTheAnswerItselfDoesNotPassDecidesNothing() {
		final Finding finding = test().found(effect(0)).ideal(new Effect("the truth", 0.9, 0.8, 1)).decidedBy("More.")
			.finding();
		assertEquals(Verdict.OPEN, finding.verdict());
		assertEquals("Not even the truth passes this test. More.", finding.decides());
		assertEquals(Verdict.FAILS, test().found(effect(0)).ideal(effect(2)).finding().verdict());
	}

	@Test
	void aTestThatAnythingPassesDecidesNothing() {
		final Finding finding = test().found(effect(3)).blind(effect(2)).finding();
		assertEquals(Verdict.OPEN, finding.verdict());
		assertTrue(finding.decides().startsWith("it passes this test as well"), finding.decides());
		assertEquals(Verdict.HOLDS, test().found(effect(3)).blind(effect(0)).finding().verdict());
	}

	@Test
	void statesFiguresIntervalsAndTheSmallestDifferenceItSees() {
		final Finding finding = test().found(effect(2)).found(effect(3)).on("2 trainings").ideal(effect(4)).finding();
		assertEquals("2.00 to 3.00 dB (2 cases)", finding.number());
		assertEquals("2 trainings; sees 0.20 dB", finding.certainty());
		assertEquals("The test: a difference above 1. Found: it 2.00 (1.80 to 2.20) dB; it 3.00 (2.80 to 3.20) dB.", finding
			.found());
		assertEquals("what knows the answer: it 4.00 (3.80 to 4.20) dB; the test sees differences of 0.20 dB", finding
			.power());
	}

	/** A wide interval over images is narrow for differences on the same images. */
	@Test
	void comparesOnTheSameImages() {
		final SplittableRandom random = new SplittableRandom(1);
		final double[][] first = new double[2][200], second = new double[1][200];
		for (int i = 0; i < 200; i++) {
			second[0][i] = 20 + 3 * random.nextGaussian();
			for (int t = 0; t < 2; t++) first[t][i] = second[0][i] + 0.3 + 0.1 * random.nextGaussian();
		}
		final Effect difference = Effect.ofDifference("gain", first, second);
		assertEquals(0.3, difference.value(), 0.02);
		assertTrue(difference.low() > 0.27 && difference.high() < 0.33, difference.toString());
		assertTrue(Effect.ofMean("all", second).high() - Effect.ofMean("all", second).low() > 0.5);
	}
}
