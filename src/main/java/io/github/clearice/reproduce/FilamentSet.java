package io.github.clearice.reproduce;

import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arrangements of motors on filaments, and views of them that have the filament about in the plane.
 *
 * @param name of the folder that receives a PDB file for each, and of the STAR file with views
 * @param count of arrangements
 * @param views of all together
 * @param seed of everything that is drawn
 */
record FilamentSet(String name, int count, int views, long seed) {

	/** Out of the plane, as thin ice allows. */
	private static final double TILT_SPREAD_DEGREE = 5;

	/** The arrangements; the same whenever they are asked for. */
	List<Filament> filaments() {
		return IntStream.range(0, count).mapToObj(i -> Filament.random(Seeds.random(seed, i))).toList();
	}

	/** The files of the arrangements, as a parameter of a line. */
	String sources() {
		return IntStream.rangeClosed(1, count).mapToObj(i -> "@" + name + "/" + i + ".pdb").collect(Collectors.joining(
			","));
	}

	/** The STAR file with views, as a parameter of a line. */
	String star() {
		return "@" + name + "/views.star";
	}

	/** Writes them. */
	Step step() {
		return Step.of(1, "# writes " + count + " filaments with motors at random as PDB files, and " + views +
			" views of them, into " + name, this::write);
	}

	private void write(final RunContext context, final TaskListener listener) {
		final List<Filament> filaments = filaments();
		for (int i = 0; i < count; i++) TextFile.write(context.file(name + "/" + (i + 1) + ".pdb"), filaments.get(i).pdb());
		final List<RelionParticle> rows = new ArrayList<>();
		for (int i = 0; i < views; i++) {
			final SplittableRandom random = Seeds.random(seed, -1, i);
			rows.add(RelionParticle.of("views.mrcs", i, random.nextDouble(-180, 180), 90 + TILT_SPREAD_DEGREE * random
				.nextGaussian(), random.nextDouble(-180, 180), 0, 0, 1, null, 1, 1, 1 + i % 2, 0));
		}
		RelionParticles.of(List.of(new OpticsGroup(1, "opticsGroup1", 300, 2.7, 0.1, 1, 1)), rows).write(context.file(name +
			"/views.star"));
	}
}
