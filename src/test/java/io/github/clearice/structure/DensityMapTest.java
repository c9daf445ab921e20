package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.image.Volume;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityMapTest {

	private static final Point ORIGIN = new Point(0, 0, 0);

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

	private static double[] analytic(final Structure structure, final int[] k, final double edge,
		final double resolution)
	{
		final double k2 = ((double) k[0] * k[0] + (double) k[1] * k[1] + (double) k[2] * k[2]) / (edge * edge);
		double re = 0, im = 0;
		for (final Atom atom : structure.atoms()) {
			final double sigma = resolution / (Math.PI * Math.sqrt(2));
			final double f = resolution > 0 ? atom.element().atomicNumber() * Math.exp(-2 * Math.PI * Math.PI * sigma *
				sigma * k2) : atom.element().scattering().at(Math.sqrt(k2) / 2) * Math.exp(-atom.bFactorAngstrom2() * k2 / 4);
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
