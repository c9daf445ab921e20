package io.github.clearice.train.search;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.train.search.HyperparameterSearch.SuccessiveHalving;
import io.github.clearice.train.search.HyperparameterSearch.SuccessiveHalving.Rung;

import java.util.List;

import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {

	@Test
	void eachRungCostsAsMuch() {
		assertEquals(List.of(new Rung(9, 600), new Rung(3, 1800), new Rung(1, 5400)), SuccessiveHalving.rungs(9, 5400));
	}

	@Test
	void numbersThatCannotBeDividedAreRoundedUp() {
		assertEquals(List.of(new Rung(10, 200), new Rung(4, 600), new Rung(2, 1800), new Rung(1, 5400)), SuccessiveHalving
			.rungs(10, 5400));
		assertEquals(List.of(new Rung(2, 1800), new Rung(1, 5400)), SuccessiveHalving.rungs(2, 5400));
	}

	@Test
	void refusesATrainingThatIsTooShort() {
		assertMessage("too short to search among 9 settings. Use more epochs=, or search=3.", () -> SuccessiveHalving.rungs(
			9, 8));
	}
}
