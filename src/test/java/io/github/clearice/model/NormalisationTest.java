package io.github.clearice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.InputException;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class NormalisationTest {

	private static final int PIXELS = 100;
	/** Mean 7, standard deviation 2: the standard error of the mean of 100 pixels is 0.2. */
	private static final ImageScale SCALE = new ImageScale(7, 2);

	@Test
	void resultsUndoTargetsWithAndWithoutALevel() {
		final float[] clean = ramp();
		final float[] target = new float[PIXELS], back = new float[PIXELS];
		for (final Double level : new Double[] { null, 7.1, 50.0 }) {
			final Normalisation normalisation = new Normalisation(0.3, 0.1, level);
			normalisation.toTarget(clean, SCALE, target, 0);
			normalisation.fromResult(target, 0, SCALE, back);
			for (int i = 0; i < PIXELS; i++) assertEquals(clean[i], back[i], 1e-5);
		}
	}

	@Test
	void inputsHaveMeanZeroWhateverTheLevel() {
		final float[] input = new float[1];
		new Normalisation(1, 0, 7.2).toInput(new float[] { 9 }, SCALE, input, 0);
		assertEquals(1, input[0], 1e-6);
	}

	@Test
	void resultsLieAboutTheLevelWhereNoiseExplainsTheMean() {
		// One standard error off: 1 / (1 + (1/4)^4) of the way from 7 to 7.2.
		assertEquals(7 + 0.2 / (1 + 1 / 256.0), centre(7.2), 1e-6);
		assertEquals(7, centre(7.0), 1e-6);
	}

	@Test
	void resultsLieAboutTheirOwnMeanWhereTheBackgroundIsAnother() {
		assertEquals(7 + 0.8 / 2, centre(7.8), 1e-6);
		assertEquals(7, centre(1007.0), 1e-3);
		assertEquals(7, centre(null), 1e-6);
	}

	@Test
	void refusesALevelThatIsNoNumber() {
		assertThrows(InputException.class, () -> new Normalisation(1, 0, Double.NaN));
	}

	/** The image that a result equal to the offset gives. */
	private static double centre(final Double level) {
		final float[] denoised = new float[PIXELS], result = new float[PIXELS];
		Arrays.fill(result, 0.25f);
		new Normalisation(0.5, 0.25, level).fromResult(result, 0, SCALE, denoised);
		return denoised[0];
	}

	private static float[] ramp() {
		final float[] ramp = new float[PIXELS];
		for (int i = 0; i < PIXELS; i++) ramp[i] = 5 + 0.04f * i;
		return ramp;
	}
}
