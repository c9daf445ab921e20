package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityMapTest {

	private static final Point ORIGIN = new Point(0, 0, 0);

	private static Volume polymerase;

	/** The formula of the class comment, at random frequencies of the whole transform. */
	@ParameterizedTest
	@CsvSource({ "32, 1, 0", "33, 1, 0", "32, 2, 0", "17, 4, 0", "24, 0.5, 0", "32, 2, 8", "31, 2, 4", "20, 7, 0" })
	void fourierTransformIsTheSumOverAtoms(final int box, final double pixel, final double resolution) {
		final Structure structure = randomAtoms(200, 0.3 * box * pixel);
		final DensityOptions options = new DensityOptions(box, pixel, resolution, false);
		final Volume map = new DensityMap(structure, ORIGIN, options, TaskListener.SILENT).compute(2);
		final SplittableRandom random = Seeds.random(3);
		double error = 0, power = 0;
		final int limit = (box - 1) / 2;
		for (int i = 0; i < 60; i++) {
			final int[] k = { random.nextInt(-limit, limit + 1), random.nextInt(-limit, limit + 1), random.nextInt(-limit,
				limit + 1) };
			if (k[0] == 0 && k[1] == 0 && k[2] == 0) continue;
			final double[] expected = analytic(structure, k, box * pixel, resolution);
			for (int axis = 0; axis < 3; axis++) {
				final double filter = BandLimiter.passed(2.0 * Math.abs(k[axis]) / box);
				expected[0] *= filter;
				expected[1] *= filter;
			}
			final double[] found = transform(map, k);
			error += Math.pow(found[0] - expected[0], 2) + Math.pow(found[1] - expected[1], 2);
			power += expected[0] * expected[0] + expected[1] * expected[1];
		}
		assertEquals(0, Math.sqrt(error / power), 1e-4);
	}

	/**
	 * The same against numpy: {@code python3 structure_factors.py 1wcm_rnapii_12subunit.pdb.gz}, in the test resources.
	 */
	@ParameterizedTest
	@CsvSource({ "0, 0, 0, 73482.06, 0", "1, 0, 0, 57769.27, -293.56", "0, 3, -4, -994.27, 313.31",
		"-11, 7, 5, -234.01, 185.11", "20, 0, 0, 1100.1, -330.62", "0, 0, 28, 18.077, -191.47",
		"17, -19, 23, 261.86, 134.89", "-25, 25, 25, 71.992, -53.823" })
	void agreesWithDirectSummation(final int h, final int k, final int l, final double re, final double im) {
		if (polymerase == null) polymerase = DensityMap.compute(StructureReader.read(TestData.file(
			"structures/1wcm_rnapii_12subunit.pdb.gz")), DensityOptions.scattering(64, 4), TaskListener.SILENT);
		final double[] found = transform(polymerase, new int[] { h, k, l });
		assertEquals(re, found[0], 0.05 + 3e-5 * Math.abs(re));
		assertEquals(im, found[1], 0.05 + 3e-5 * Math.abs(im));
	}

	/** A map of the same entry that another program computed, band-limited too, by RELION's conventions. */
	@Test
	void correlatesWithAnotherProgramsMap() throws IOException {
		final Volume ours = DensityMap.compute(StructureReader.read(TestData.file(
			"structures/1wcm_rnapii_12subunit.pdb.gz")), DensityOptions.scattering(64, 4), TaskListener.SILENT);
		final FloatBuffer theirs = ByteBuffer.wrap(Files.readAllBytes(TestData.file("relion/rnapii_64_4.0.mrc"))).order(
			ByteOrder.LITTLE_ENDIAN).position(1024).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
		double ab = 0, aa = 0, bb = 0;
		for (int i = 0; i < ours.voxels().length; i++) {
			ab += ours.voxels()[i] * theirs.get(i);
			aa += ours.voxels()[i] * ours.voxels()[i];
			bb += theirs.get(i) * theirs.get(i);
		}
		assertEquals(1, ab / Math.sqrt(aa * bb), 0.01);
	}

	@Test
	void doesNotDependOnTheNumberOfThreads() {
		final Structure structure = randomAtoms(500, 12);
		final DensityOptions options = DensityOptions.scattering(40, 1);
		final float[] one = new DensityMap(structure, ORIGIN, options, TaskListener.SILENT).compute(1).voxels();
		final float[] five = new DensityMap(structure, ORIGIN, options, TaskListener.SILENT).compute(5).voxels();
		assertArrayEquals(one, five);
	}

	@ParameterizedTest
	@CsvSource({ "16, 0", "17, 0", "24, 6" })
	void putsTheCentreOfMassOnTheCentralVoxel(final int box, final double resolution) {
		final Structure structure = new Structure("two", List.of(atom("C", 91, 40, -7, 1), atom("C", 95, 40, -7, 1)), List
			.of());
		final Volume map = DensityMap.compute(structure, new DensityOptions(box, 2, resolution, false),
			TaskListener.SILENT);
		final int centre = box / 2;
		assertEquals(map.get(centre - 1, centre, centre), map.get(centre + 1, centre, centre), 1e-6);
		assertTrue(map.get(centre - 1, centre, centre) > map.get(centre, centre + 1, centre));
		assertTrue(map.get(centre - 1, centre, centre) > map.get(centre - 2, centre, centre));
	}

	/** ChimeraX: {@code molmap} at a resolution of 10 Å has sigma 2.2508 Å and sums to the atomic number. */
	@Test
	void drawsOneGaussianAtAResolution() {
		final Structure structure = new Structure("one", List.of(atom("S", 5, 5, 5, 0.5)), List.of());
		final Volume map = DensityMap.compute(structure, DensityOptions.atResolution(32, 1, 10), TaskListener.SILENT);
		final double sigma = 2.2508;
		final double peak = 8 / Math.pow(2 * Math.PI * sigma * sigma, 1.5);
		assertEquals(peak, map.get(16, 16, 16), 1e-4 * peak);
		assertEquals(peak * Math.exp(-(9 + 4) / (2 * sigma * sigma)), map.get(19, 16, 14), 1e-4 * peak);
	}

	@Test
	void refusesABoxThatDoesNotFitNamingOneThatDoes() {
		final Structure structure = new Structure("rod", List.of(atom("C", 0, 0, 0, 1), atom("C", 0, 0, 100, 1)), List
			.of());
		final InputException refused = assertThrows(InputException.class, () -> DensityMap.compute(structure,
			DensityOptions.scattering(32, 2), TaskListener.SILENT));
		assertEquals(
			"rod does not fit a box of 32 voxels of 2.0 Å: the smallest box that holds it is 55, and 80 is a good " +
				"one to work with.", refused.getMessage());
		assertThrows(InputException.class, () -> DensityMap.compute(structure, DensityOptions.scattering(54, 2),
			TaskListener.SILENT));
		assertEquals(55, DensityMap.compute(structure, DensityOptions.scattering(55, 2), TaskListener.SILENT).box());
	}

	/** Three of four equal atoms lie in the box, one of the three on its face. */
	@Test
	void clipsOnRequestAndSaysHowMuch() {
		final Structure structure = new Structure("row", List.of(atom("C", 0, 0, 0, 1), atom("C", 5, 3, 0, 1), atom("C", 0,
			-17, 0, 1), atom("C", 40, 0, 0, 1)), List.of());
		final List<String> messages = new ArrayList<>();
		final Volume map = DensityMap.compute(structure, ORIGIN, DensityOptions.scattering(16, 2).clipping(),
			new TaskListener()
			{

				@Override
				public void message(final String line) {
					messages.add(line);
				}
			});
		assertEquals(1, messages.size());
		assertTrue(messages.get(0).startsWith("37.5"), messages.get(0));
		// Density beyond a face must not reappear at the opposite face, as it would in a periodic box.
		assertEquals(0, map.get(8, 15, 8), 0.12 * map.get(8, 8, 8));
		assertEquals(0.5 * map.get(8, 8, 8), map.get(8, 0, 8), 0.2 * map.get(8, 8, 8));
	}

	@Test
	void refusesABoxAroundNothing() {
		final Structure structure = new Structure("far", List.of(atom("C", 500, 0, 0, 1)), List.of());
		assertEquals("Nothing of far lies in the box of 16 voxels of 2.0 Å. Choose a larger box or another centre.",
			assertThrows(InputException.class, () -> DensityMap.compute(structure, ORIGIN, DensityOptions.scattering(16,
				2).clipping(), TaskListener.SILENT)).getMessage());
	}

	@Test
	void refusesStructuresWithoutOccupiedAtoms() {
		final Structure structure = new Structure("ghost", List.of(atom("C", 0, 0, 0, 0)), List.of());
		assertTrue(assertThrows(InputException.class, structure::centreOfMass).getMessage().contains("occupancy 0"));
	}

	@Test
	void refusesAMapLargerThanTheMemory() {
		final Structure structure = new Structure("rod", List.of(atom("C", 0, 0, 0, 1), atom("C", 0, 0, 2000, 1)), List
			.of());
		assertTrue(assertThrows(InputException.class, () -> DensityMap.compute(structure, DensityOptions.scattering(
			1290, 2), TaskListener.SILENT)).getMessage().contains("MB of memory"));
	}

	@Test
	void stopsOnRequest() {
		assertThrows(TaskCancelledException.class, () -> DensityMap.compute(randomAtoms(10, 3), DensityOptions.scattering(
			32, 1), new TaskListener()
		{

				@Override
				public boolean isCancelled() {
					return true;
				}
			}));
	}

	@ParameterizedTest
	@CsvSource({ "1, 2, 0", "2000, 2, 0", "64, 0, 0", "64, NaN, 0", "64, -1, 0", "64, 2, -1", "64, 2, NaN" })
	void refusesOptionsThatMakeNoSense(final int box, final double pixel, final double resolution) {
		assertThrows(InputException.class, () -> new DensityOptions(box, pixel, resolution, false));
	}

	private static Atom atom(final String element, final double x, final double y, final double z,
		final double occupancy)
	{
		return new Atom("A", 1, ' ', "ALA", "C", Element.of(element).orElseThrow(), false, x, y, z, occupancy, 30);
	}

	private static double[] analytic(final Structure structure, final int[] k, final double edge,
		final double resolution)
	{
		final double k2 = ((double) k[0] * k[0] + (double) k[1] * k[1] + (double) k[2] * k[2]) / (edge * edge);
		double re = 0, im = 0;
		for (final Atom atom : structure.atoms()) {
			final double sigma = resolution / (Math.PI * Math.sqrt(2));
			final double f = resolution > 0 ? atom.element().atomicNumber() * Math.exp(-2 * Math.PI * Math.PI * sigma *
				sigma * k2) : atom.element().scattering().at(Math.sqrt(k2) / 2) * Math.exp(-atom.bFactorSquareAngstrom() * k2 /
					4);
			final double phase = -2 * Math.PI * (k[0] * atom.xAngstrom() + k[1] * atom.yAngstrom() + k[2] * atom
				.zAngstrom()) / edge;
			re += atom.occupancy() * f * Math.cos(phase);
			im += atom.occupancy() * f * Math.sin(phase);
		}
		return new double[] { re, im };
	}

	private static double[] transform(final Volume map, final int[] k) {
		final int n = map.box();
		double re = 0, im = 0;
		for (int z = 0; z < n; z++) for (int y = 0; y < n; y++) for (int x = 0; x < n; x++) {
			final double phase = -2 * Math.PI * (k[0] * (x - n / 2) + k[1] * (y - n / 2) + k[2] * (z - n / 2)) / n;
			re += map.get(x, y, z) * Math.cos(phase);
			im += map.get(x, y, z) * Math.sin(phase);
		}
		final double volume = Math.pow(map.pixelSizeAngstrom(), 3);
		return new double[] { re * volume, im * volume };
	}

	private static Structure randomAtoms(final int count, final double radius) {
		final SplittableRandom random = Seeds.random(11);
		final String[] symbols = { "C", "N", "O", "S", "H", "ZN", "C", "C" };
		final List<Atom> atoms = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final Element element = Element.of(symbols[i % symbols.length]).orElseThrow();
			atoms.add(new Atom("A", i, ' ', "ALA", "C", element, false, random.nextDouble(-radius, radius), random.nextDouble(
				-radius, radius), random.nextDouble(-radius, radius), i % 5 == 0 ? 0.5 : 1, i % 3 == 0 ? 0 : 20 * (i % 4)));
		}
		return new Structure("random", atoms, List.of());
	}
}
