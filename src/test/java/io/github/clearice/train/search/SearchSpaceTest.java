package io.github.clearice.train.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.options.TrainingOptions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SearchSpaceTest {

	private static final TrainingOptions GAN = TrainingOptions.fast().with(Map.of("gan", "beta", "lambda", "10"));

	@Test
	void theFirstSettingIsThatOfThePreset() {
		final SearchSpace space = new SearchSpace(GAN, Set.of(), List.of());
		assertEquals(List.of("rate", "criticrate", "lambda", "alpha", "beta"), space.names());
		assertEquals(GAN.toMap(), GAN.with(space.setting(0)).toMap());
		assertNotEquals(space.setting(1), space.setting(2));
		assertNotEquals(space.setting(1), new SearchSpace(GAN.with("seed", 2), Set.of(), List.of()).setting(1));
		assertEquals(space.setting(5), new SearchSpace(GAN, Set.of(), List.of()).setting(5));
	}

	@Test
	void ratesAreSpreadEvenlyOnALogarithmicScale() {
		final SearchSpace space = new SearchSpace(GAN, Set.of(), List.of());
		final double[] logarithms = IntStream.range(1, 2001).mapToDouble(trial -> Math.log(Double.parseDouble(space.setting(
			trial).get("rate")) / GAN.learningRate().peak()) / Math.log(8)).sorted().toArray();
		assertTrue(logarithms[0] >= -1.001 && logarithms[1999] <= 1.001, logarithms[0] + " " + logarithms[1999]);
		for (int i = 0; i < 2000; i++) assertEquals(-1 + 2 * (i + 0.5) / 2000, logarithms[i], 0.02);
	}

	@Test
	void fewSettingsAreSpreadOverTheWholeRange() {
		final SearchSpace space = new SearchSpace(TrainingOptions.fast(), Set.of(), List.of());
		final double[] logarithms = IntStream.range(1, 9).mapToDouble(trial -> Math.log(Double.parseDouble(space.setting(
			trial).get("rate")) / TrainingOptions.fast().learningRate().peak()) / Math.log(8)).sorted().toArray();
		// Eight points of the golden ratio leave no gap of more than 0.24 of a circle.
		for (int i = 1; i < 8; i++) assertTrue(logarithms[i] - logarithms[i - 1] < 2 * 0.24, Arrays.toString(logarithms));
	}

	@Test
	void exponentsStayWhereLossesAreRobust() {
		final SearchSpace space = new SearchSpace(GAN, Set.of(), List.of());
		final double[] alphas = new double[500];
		for (int trial = 1; trial <= 500; trial++) {
			final Map<String, String> setting = space.setting(trial);
			final double alpha = Double.parseDouble(setting.get("alpha")), beta = Double.parseDouble(setting.get("beta"));
			alphas[trial - 1] = alpha;
			assertTrue(alpha >= -0.5 && alpha <= 1 && beta >= -0.5 && beta <= 1 && Math.abs(alpha - beta) < 1, setting
				.toString());
			// All of them can be trained with.
			GAN.with(setting);
		}
		assertEquals(-0.5, Arrays.stream(alphas).min().getAsDouble());
		assertEquals(1, Arrays.stream(alphas).max().getAsDouble());
	}

	@Test
	void doesNotDrawOptionsThatAreGivenOrUnused() {
		assertEquals(List.of("criticrate", "lambda"), new SearchSpace(GAN, Set.of("rate", "alpha", "beta", "epochs"), List
			.of()).names());
		// A beta stays near the alpha that is given.
		final SearchSpace near = new SearchSpace(GAN.with("alpha", 1), Set.of("alpha"), List.of());
		for (int trial = 1; trial < 50; trial++) assertTrue(Double.parseDouble(near.setting(trial).get("beta")) > 0);
		assertEquals(List.of("rate"), new SearchSpace(TrainingOptions.fast(), Set.of(), List.of("light")).names());
		assertEquals(List.of("rate", "criticrate", "alpha", "beta"), new SearchSpace(GAN.with("lambda", 0), Set.of(), List
			.of()).names());
	}

	@Test
	void networksAreThoseThatTakeTheImagesAndCostNotMuchMore() {
		final List<String> small = SearchSpace.affordable("light", 64);
		assertEquals("light", small.get(0));
		assertTrue(small.contains("residual") && !small.contains("gu2021") && !small.contains("pggan"), small.toString());
		final List<String> large = SearchSpace.affordable("gu2021", 128);
		assertTrue(large.containsAll(List.of("gu2021", "light", "convnet")) && !large.contains("pggan"), large.toString());
	}
}
