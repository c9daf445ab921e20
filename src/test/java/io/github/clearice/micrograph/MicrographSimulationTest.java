package io.github.clearice.micrograph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.Volume;
import io.github.clearice.micrograph.MicrographOptions.IceModel;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.simulate.DefocusRange;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicrographSimulationTest {

	private static final int WIDTH = 256, HEIGHT = 192, BOX = 24;
	private static final List<WeightedMap> BALL = List.of(new WeightedMap("ball", ball(), 1));
	private static final IceModel ICE = new IceModel(395, false, 0.1);

	@TempDir
	Path folder;

	@Test
	void particlesLieWhereTheTableSaysAndApart() {
		final SimulatedMicrograph micrograph = new MicrographSimulator(BALL, options(List.of(50.0), 0.1, 0, 0, false))
			.simulate(0, "m");
		assertEquals(12, micrograph.particles().size());
		for (final SimulatedMicrograph.Particle particle : micrograph.particles()) {
			final int at = (int) Math.rint(particle.y()) * WIDTH + (int) Math.rint(particle.x());
			assertEquals(1 + micrograph.particles().indexOf(particle), micrograph.labels()[at]);
			double sum = 0, alongX = 0, alongY = 0;
			for (int i = 0; i < WIDTH * HEIGHT; i++) {
				final double dx = i % WIDTH - particle.x(), dy = i / WIDTH - particle.y(), value = micrograph.clean()
					.pixels()[i];
				if (Math.hypot(dx, dy) > 7) continue;
				sum += value;
				alongX += value * dx;
				alongY += value * dy;
			}
			final boolean whole = Math.min(Math.min(particle.x(), particle.y()), Math.min(WIDTH - particle.x(), HEIGHT -
				particle.y())) > 8;
			if (whole) assertEquals(0, Math.hypot(alongX, alongY) / sum, 0.05, "centre of mass");
			for (final SimulatedMicrograph.Particle other : micrograph.particles()) {
				assertTrue(other == particle || Math.hypot(other.x() - particle.x(), other.y() - particle.y()) >= 20);
			}
		}
	}

	/** exp(-2 t / L): with 395 nm, 200 nm of ice leave 0.363 of the ratio, or 0.603 with a filter. */
	@Test
	void iceTakesContrastAway() {
		final MicrographSimulator simulator = new MicrographSimulator(BALL, options(List.of(0.0, 200.0), 0.1, 0, 0, false));
		final SimulatedMicrograph thin = simulator.simulate(0, "thin"), thick = simulator.simulate(1, "thick");
		assertEquals(0.1, thin.snr(), 1e-12);
		assertEquals(0.1 * 0.3632 / (1 + 0.2 * 0.3632), thick.snr(), 1e-5);
		assertEquals(0.6027, new IceModel(395, true, 0).contrast(400 * 0.5) * new IceModel(395, true, 0).contrast(200),
			1e-4);
		assertEquals(Math.sqrt(0.3632), largest(thick) / largest(thin), 0.02);
		final double noise = ImageStatistics.of(difference(thin)).standardDeviation();
		assertEquals(simulator.sigma(), noise, 0.01 * simulator.sigma());
		assertEquals(Math.sqrt(1 + 0.2 * 0.3632), ImageStatistics.of(difference(thick)).standardDeviation() / noise, 0.01);
	}

	@Test
	void filmAndGradientLieWhereAskedFor() {
		final SimulatedMicrograph micrograph = new MicrographSimulator(BALL, options(List.of(50.0), 0.1, 1, 0.25, true))
			.simulate(0, "m");
		final float[] noise = difference(micrograph);
		double left = 0, right = 0;
		for (int y = 0; y < HEIGHT; y++) {
			left += noise[y * WIDTH + 4] / HEIGHT;
			right += noise[y * WIDTH + WIDTH - 4] / HEIGHT;
		}
		final double sigma = new MicrographSimulator(BALL, options(List.of(50.0), 0.1, 1, 0.25, true)).sigma();
		assertEquals(3, (right - left) / sigma, 0.4);
		assertTrue(micrograph.particles().stream().allMatch(particle -> particle.x() < 0.75 * WIDTH));
	}

	@Test
	void sameSeedGivesTheSameFilesAndTilesSuitTheirTruth() throws Exception {
		final MicrographOptions options = options(List.of(20.0, 80.0), 4, 3, 0, false);
		MicrographSimulation.run(BALL, options, 5, 32, folder.resolve("a"), TaskListener.SILENT);
		MicrographSimulation.run(BALL, options, 5, 32, folder.resolve("b"), TaskListener.SILENT);
		for (final String name : List.of("noisy.mrcs", "clean.mrcs", "labels.mrcs", "coordinates.star", "tiles-noisy.mrcs",
			"tiles-clean.mrcs")) {
			assertArrayEquals(Files.readAllBytes(folder.resolve("a").resolve(name)), Files.readAllBytes(folder.resolve("b")
				.resolve(name)), name);
		}
		final StarTable table = StarFile.read(folder.resolve("a/coordinates.star")).table("particles").orElseThrow();
		assertEquals(24, table.rows());
		assertEquals("000002@noisy.mrcs", table.get(23, "rlnMicrographName"));
		try (MrcFile noisy = MrcFile.open(folder.resolve("a/tiles-noisy.mrcs"));
				MrcFile clean = MrcFile.open(folder.resolve("a/tiles-clean.mrcs")))
		{
			assertEquals(10, noisy.sections());
			final float[] first = new float[32 * 32], second = new float[32 * 32];
			double product = 0, square = 0;
			for (int i = 0; i < 10; i++) {
				noisy.readSection(i, first);
				clean.readSection(i, second);
				for (int p = 0; p < first.length; p++) {
					product += first[p] * second[p];
					square += second[p] * second[p];
				}
			}
			// Were the scales or places not the same, the slope of the noisy on the clean would not be 1.
			assertEquals(1, product / square, 0.1);
		}
	}

	@Test
	void refusesWhatDoesNotFitAndLeavesNothing() {
		final MicrographOptions crowded = new MicrographOptions(64, 64, List.of(50.0), 1, 500, 60, 0.1, ICE, null, false, 0,
			0, 1);
		final String line = assertThrows(ParameterException.class, () -> MicrographSimulation.run(BALL, crowded, 0, 0,
			folder.resolve("c"), TaskListener.SILENT)).getMessage();
		assertTrue(line.matches("Only \\d+ of 500 particles fit at a distance of 20 pixels. .*"), line);
		assertFalse(Files.exists(folder.resolve("c")));
		assertThrows(ParameterException.class, () -> options(List.of(), 0.1, 0, 0, false));
		assertThrows(ParameterException.class, () -> options(List.of(50.0), -1, 0, 0, false));
		assertThrows(ParameterException.class, () -> MicrographSimulation.run(BALL, crowded, 1, 100, folder.resolve("c"),
			TaskListener.SILENT));
	}

	private static MicrographOptions options(final List<Double> thicknesses, final double snr, final double gradient,
		final double carbon, final boolean ctf)
	{
		return new MicrographOptions(WIDTH, HEIGHT, thicknesses, 1, 12, 60, snr, ICE, ctf ? DefocusRange.typical() : null,
			false, gradient, carbon, 1);
	}

	private static double largest(final SimulatedMicrograph micrograph) {
		return ImageStatistics.of(micrograph.clean().pixels()).maximum();
	}

	private static float[] difference(final SimulatedMicrograph micrograph) {
		final float[] difference = micrograph.noisy().pixels().clone();
		for (int i = 0; i < difference.length; i++) difference[i] -= micrograph.clean().pixels()[i];
		return difference;
	}

	private static Volume ball() {
		final Volume volume = Volume.zeros(BOX, 3);
		for (int z = 0, i = 0; z < BOX; z++) for (int y = 0; y < BOX; y++) for (int x = 0; x < BOX; x++, i++) {
			final double dx = x - 12, dy = y - 12, dz = z - 12;
			volume.voxels()[i] = (float) Math.exp(-(dx * dx + dy * dy + dz * dz) / 8);
		}
		return volume;
	}
}
