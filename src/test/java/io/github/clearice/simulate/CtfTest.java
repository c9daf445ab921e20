package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.List;

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

	/**
	 * relion_reconstruct --i one.star --o ctf.mrc --reconstruct_ctf 16 --angpix 3 --ctf (RELION 3.1.3), of a particle
	 * seen along z with defoci 5200 and 4600 Å at 35 degrees, scale 0.8, B factor 60, phase shift 20 degrees and
	 * rlnEvenZernike [0.3,40,-20,25,600]: row 8 + ky and column 8 + kx of section 8.
	 */
	@ParameterizedTest
	@CsvSource({ "0,3,0.19476", "0,7,-0.29465", "3,0,0.29854", "6,0,-0.62660", "-6,1,-0.62864", "4,5,-0.59244",
		"-4,5,-0.47281", "2,6,-0.53421", "-5,5,0.27590" })
	void equalsRelionsWithSymmetricAberrations(final int ky, final int kx, final double relion) {
		final Ctf ctf = new Ctf(16, 3);
		final float[] values = new float[ctf.length()];
		ctf.sample(new CtfParameters(5200, 4600, 35, 300, 2.7, 0.1, 20, 60, 0.8, new ObservationModel(0, 0, List.of(), List
			.of(0.3, 40., -20., 25., 600.), Magnification.NONE, CtfState.RECORDED)), values);
		assertEquals(relion, values[Math.floorMod(ky, 16) * 9 + kx], 1e-5);
	}

	/** Beam tilt as Zernike polynomials, as RELION adds it to rlnOddZernike: R(1, 3) = 3 r^3 - 2 r. */
	@Test
	void beamTiltIsComaWithoutItsShift() {
		final CtfParameters tilted = aberrated(new ObservationModel(1.5, -2, List.of(), List.of(), Magnification.NONE,
			CtfState.RECORDED));
		final double scale = 2.7 * 20000 * tilted.wavelengthAngstrom() * tilted.wavelengthAngstrom() * Math.PI;
		final double x = -scale * 1.5 / 3, y = scale * 2 / 3;
		final CtfParameters coma = aberrated(new ObservationModel(0, 0, List.of(2 * y, 2 * x, 0., y, x, 0.), List.of(),
			Magnification.NONE, CtfState.RECORDED));
		final float[] expected = spectrum(coma), actual = spectrum(tilted);
		for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-4);
	}

	/** Everything at once, computed at the undistorted frequencies from the definitions. */
	@Test
	void aberrationsAreThoseOfUndistortedFrequencies() {
		final Magnification m = new Magnification(1.03, 0.02, -0.01, 0.96);
		final CtfParameters p = aberrated(new ObservationModel(2, 1, List.of(0., 0., 500., 0., 0., -800.), List.of(0., 30.,
			0., -50.), m, CtfState.RECORDED));
		final float[] actual = spectrum(p);
		final double lambda = p.wavelengthAngstrom();
		for (int row = 0; row < 32; row++)
			for (int kx = 0; kx < 17; kx++) {
				final double ux = kx / 64.0, uy = (row <= 16 ? row : row - 32) / 64.0;
				final double x = 1.03 * ux + 0.02 * uy, y = -0.01 * ux + 0.96 * uy, u2 = x * x + y * y;
				final double azimuth = Math.atan2(y, x), u = Math.sqrt(u2);
				final double defocus = -12_000 - 300 * Math.cos(2 * (azimuth - Math.toRadians(20)));
				final double gamma = Math.PI * lambda * defocus * u2 + Math.PI / 2 * 2.7e7 * Math.pow(lambda, 3) * u2 * u2 -
					Math.asin(0.1) + 30 * u2 * Math.sin(2 * azimuth) - 50 * u2 * Math.cos(2 * azimuth);
				final double phase = 500 * u * u2 * Math.sin(3 * azimuth) - 800 * u * u2 * Math.cos(3 * azimuth) - Math
					.toRadians(0.360 * 2.7e7 * lambda * lambda * u2 * (2 * x + y));
				final double factor = -0.7 * Math.sin(gamma) * Math.exp(-80 * u2 / 4);
				final int at = 2 * (row * 17 + kx);
				assertEquals(factor * Math.cos(phase), actual[at], 2e-5);
				assertEquals(factor * Math.sin(phase), actual[at + 1], 2e-5);
			}
	}

	private static CtfParameters aberrated(final ObservationModel model) {
		return new CtfParameters(12_300, 11_700, 20, 300, 2.7, 0.1, 0, 80, 0.7, model);
	}

	/** The transform of a point after the optics. */
	private static float[] spectrum(final CtfParameters parameters) {
		final Ctf ctf = new Ctf(32, 2);
		final float[] spectrum = new float[2 * ctf.length()];
		for (int i = 0; i < spectrum.length; i += 2) spectrum[i] = 1;
		ctf.apply(parameters, spectrum, new float[ctf.length()]);
		return spectrum;
	}

	/**
	 * The table of Reimer and Kohl, Transmission Electron Microscopy: 3.701, 2.508 and 1.969 pm at 100, 200 and 300 kV.
	 */
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
		assertThrows(ParameterException.class, () -> new CtfParameters(1, 1, 0, 0, 2.7, 0.1, 0, 0, 1));
		assertThrows(ParameterException.class, () -> new CtfParameters(1, 1, 0, 300, 2.7, 1.1, 0, 0, 1));
		assertThrows(ParameterException.class, () -> new CtfParameters(Double.NaN, 1, 0, 300, 2.7, 0.1, 0, 0, 1));
		assertThrows(ParameterException.class, () -> new DefocusRange(2, 1, 0, 300, 2.7, 0.1, 0, 0));
	}
}
