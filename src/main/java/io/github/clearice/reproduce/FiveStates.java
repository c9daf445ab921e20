package io.github.clearice.reproduce;

import io.github.clearice.task.TextFile;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * RNA polymerase II in five conformations, its clamp (Cramer et al. 2001) turned rigidly by 30 degrees in equal steps.
 */
final class FiveStates {

	private static final int STATES = 5;

	private FiveStates() {}

	/** Computes the maps. */
	static Step maps(final ExperimentSize size, final int box) {
		return Step.of(8, "map structure=#1wcm hinge=A:1-346,A:1395-1435,B:1151-1224 angle=30 exclude=water,ligand box=" +
			box + " pixel=" + size.of(8, 8, 2) + " states=" + STATES + " output=@state.mrc");
	}

	/** The beginning of a line that simulates particles of all states. */
	static String simulate(final String snr) {
		return "simulate source=" + IntStream.rangeClosed(1, STATES).mapToObj(state -> "@state-" + state + ".mrc").collect(
			Collectors.joining(",")) + " snr=" + snr;
	}

	/**
	 * Writes a STAR file in which all particles are seen from the same side, so that they differ in their conformation
	 * alone.
	 *
	 * @param file of the run
	 */
	static Step oneView(final String file, final int count, final double rotDegrees, final double tiltDegrees) {
		return Step.of(0, "# @" + file + ": " + count + " particles with rlnAngleRot " + rotDegrees + ", rlnAngleTilt " +
			tiltDegrees + ", rlnAnglePsi 0", (context, listener) -> {
				final StringBuilder star = new StringBuilder(
					"data_particles\n\nloop_\n_rlnImageName #1\n_rlnAngleRot #2\n_rlnAngleTilt #3\n_rlnAnglePsi #4\n");
				for (int i = 1; i <= count; i++)
					star.append(String.format(Locale.ROOT, "%06d@view.mrcs %s %s 0%n", i, rotDegrees, tiltDegrees));
				TextFile.write(context.file(file), star.toString());
			});
	}
}
