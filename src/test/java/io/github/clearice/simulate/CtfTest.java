package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtfTest {

	@ParameterizedTest
	@CsvSource({ "64,3.5,0,0", "65,1.1,90,0", "128,0.8,30,60" })
	void equalsTheFormula(final int box, final double pixelSize, final double phaseShift, final double bFactor) {
		final CtfParameters p = new CtfParameters(21_000, 18_500, 37, 200, 1.4, 0.07, phaseShift, bFactor, 0.9);
		final Ctf ctf = new Ctf(box, pixelSize);
		final float[] values = new float[ctf.length()];
		ctf.sample(p, values);
		final int columns = box / 2 + 1;
		for (int row = 0; row < box; row += 3) for (int kx = 0; kx < columns; kx++) {
			final double ux = kx / (box * pixelSize), uy = (row <= box / 2 ? row : row - box) / (box * pixelSize);
			final double u2 = ux * ux + uy * uy;
			final double lambda = p.wavelengthAngstrom();
			final double defocus = -(21_000 + 18_500) / 2.0 - (21_000 - 18_500) / 2.0 * Math.cos(2 * (Math.atan2(uy, ux) -
				Math.toRadians(37)));
			final double phase = Math.PI * lambda * defocus * u2 + Math.PI / 2 * 1.4e7 * Math.pow(lambda, 3) * u2 * u2 - Math
				.toRadians(phaseShift) - Math.atan(0.07 / Math.sqrt(1 - 0.07 * 0.07));
			assertEquals(-0.9 * Math.sin(phase) * Math.exp(-bFactor * u2 / 4), values[row * columns + kx], 2e-6);
		}
	}

	/** The table of Reimer and Kohl, Transmission Electron Microscopy: 3.701, 2.508 and 1.969 pm at 100, 200 and 300 kV. */
	@ParameterizedTest
	@CsvSource({ "100,0.03701", "200,0.02508", "300,0.01969" })
	void wavelengthIsRelativistic(final double kilovolt, final double angstrom) {
		assertEquals(angstrom, new CtfParameters(0, 0, 0, kilovolt, 2.7, 0.1, 0, 0, 1).wavelengthAngstrom(), 6e-6);
	}

	@Test
	void amplitudeContrastKeepsWhiteParticlesWhite() {
		final Ctf ctf = new Ctf(8, 2);
		final float[] values = new float[ctf.length()];
		ctf.sample(new CtfParameters(15_000, 15_000, 0, 300, 2.7, 0.1, 0, 0, 1), values);
		assertEquals(0.1f, values[0], 1e-6f);
	}

	@Test
	void drawsWithinTheRange() {
		final DefocusRange range = new DefocusRange(10_000, 20_000, 1000, 300, 2.7, 0.1, 0, 0);
		double least = Double.MAX_VALUE, largest = 0;
		for (int i = 0; i < 2000; i++) {
			final CtfParameters drawn = range.draw(i, Seeds.random(1, i));
			final double mean = (drawn.defocusUAngstrom() + drawn.defocusVAngstrom()) / 2;
			final double astigmatism = drawn.defocusUAngstrom() - drawn.defocusVAngstrom();
			assertEquals(500, astigmatism, 500);
			least = Math.min(least, mean);
			largest = Math.max(largest, mean);
		}
		assertEquals(10_000, least, 50);
		assertEquals(20_000, largest, 50);
	}

	@Test
	void refusesParametersOutOfRange() {
		assertThrows(SimulationException.class, () -> new CtfParameters(1, 1, 0, 0, 2.7, 0.1, 0, 0, 1));
		assertThrows(SimulationException.class, () -> new CtfParameters(1, 1, 0, 300, 2.7, 1.1, 0, 0, 1));
		assertThrows(SimulationException.class, () -> new CtfParameters(Double.NaN, 1, 0, 300, 2.7, 0.1, 0, 0, 1));
		assertThrows(SimulationException.class, () -> new DefocusRange(2, 1, 0, 300, 2.7, 0.1, 0, 0));
	}
}
