package io.github.clearice.structure;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Times maps of a structure as large as RNA polymerase II (PDB 1WCM: 30,945 atoms, mean B factor 99 Å^2). */
public final class DensityMapBenchmark {

	private static final int ATOMS = 30_945;

	private DensityMapBenchmark() {}

	/** Prints seconds a map. */
	public static void run(final BenchmarkTable table) throws Exception {
		final Structure structure = globule();
		table.heading("Density map of " + ATOMS + " atoms");
		time(table, "128^3 at 2 Å, scattering factors (target 2 s)", structure, DensityOptions.scattering(128, 2));
		time(table, "128^3 at 2 Å, one Gaussian an atom at 8 Å", structure, DensityOptions.atResolution(128, 2, 8));
		time(table, "64^3 at 4 Å, scattering factors", structure, DensityOptions.scattering(64, 4));
		time(table, "256^3 at 1 Å, scattering factors", structure, DensityOptions.scattering(256, 1));
	}

	private static void time(final BenchmarkTable table, final String what, final Structure structure,
		final DensityOptions options) throws Exception
	{
		table.row(what, BenchmarkTable.medianSeconds(3, () -> DensityMap.compute(structure, options, TaskListener.SILENT)),
			"s");
	}

	/** Atoms in the proportions of a protein, evenly spread in a ball of 80 Å radius. */
	private static Structure globule() {
		final SplittableRandom random = Seeds.random(1);
		final List<Atom> atoms = new ArrayList<>();
		final String symbols = "CCCCCCNNOO";
		while (atoms.size() < ATOMS) {
			final double x = random.nextDouble(-80, 80), y = random.nextDouble(-80, 80), z = random.nextDouble(-80, 80);
			if (x * x + y * y + z * z > 6400) continue;
			final Element element = Element.of(symbols.substring(atoms.size() % 10, atoms.size() % 10 + 1)).orElseThrow();
			atoms.add(new Atom("A", atoms.size() / 10, ' ', "ALA", "C", element, false, x, y, z, 1, 99));
		}
		return new Structure("globule", atoms, List.of());
	}
}
