package io.github.clearice.reproduce;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Refined particles that a user has.
 *
 * @param star STAR file with angles and origins
 * @param map that they were refined with; null where only their poses and CTFs are to be used, with simulated pixels
 * @param symmetry point group of the map
 */
public record RefinedSet(Path star, Path map, String symmetry) {

	/** @throws ParameterException if there is a map without particles */
	public RefinedSet {
		if (star == null) throw new ParameterException(
			"map= and symmetry= go with refined particles. Give their STAR file as star=.");
	}

	/** Whether pixels are real. */
	boolean isReal() {
		return map != null;
	}

	/**
	 * The file beside the particles in which a refinement of RELION leaves the spectrum of their noise; null where it is
	 * not.
	 */
	Path model() {
		final Path model = star.resolveSibling(star.getFileName().toString().replaceFirst("_data\\.star$", "_model.star"));
		return model.equals(star) || !Files.exists(model) ? null : model;
	}

	/** Writes the map into the folder of a run. */
	void copyMap(final RunContext context, final String target) {
		try (MrcFile file = MrcFile.open(map)) {
			MrcWriter.writeVolume(context.file(target), file.readVolume(), MrcMode.FLOAT32);
		}
	}

	/** Edge length of the particles in pixels. */
	int box() {
		try (MrcFile file = MrcFile.open(map)) {
			return file.width();
		}
	}

	/** Writes particles chosen at random to train with, and others to test with, into the folder of a run. */
	void divide(final RunContext context, final int training, final int test, final String trainingFile,
		final String testFile)
	{
		final RelionParticles particles = RelionParticles.read(star);
		particles.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		if (particles.size() < training + test) throw new ParameterException(star + " lists " + particles.size() +
			" particles, but this size needs " + training + " to train with and " + test +
			" to test with. Choose a smaller size or a longer file.");
		final int[] order = Seeds.permutation(particles.size(), Seeds.random(1));
		write(particles, Arrays.copyOf(order, training), context.file(trainingFile));
		write(particles, Arrays.copyOfRange(order, training, training + test), context.file(testFile));
	}

	private void write(final RelionParticles particles, final int[] rows, final Path target) {
		StarTable table = particles.table().withRows(rows);
		if (isReal()) table = table.withColumn("rlnImageName", sourceNames(particles, rows));
		particles.tables().with(particles.table(), table).write(target);
	}

	/** Image names that hold from any folder. */
	private static IntFunction<String> sourceNames(final RelionParticles particles, final int[] rows) {
		return i -> {
			final String name = particles.table().get(rows[i], "rlnImageName");
			return name.substring(0, name.indexOf('@') + 1) + particles.stackFile(particles.particles().get(rows[i]))
				.toAbsolutePath().normalize();
		};
	}
}
