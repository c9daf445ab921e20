package io.github.clearice.experiment;

import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.util.Locale;

/**
 * Writes a STAR file in which all particles are seen from the same side, so that they differ in their conformation alone.
 *
 * @param file of the run, with {@code @} before it
 */
record OneView(String file, int count, double rotDegrees, double tiltDegrees) implements Step {

	@Override
	public String line() {
		return "# " + file + ": " + count + " particles with rlnAngleRot " + rotDegrees + ", rlnAngleTilt " + tiltDegrees +
			", rlnAnglePsi 0";
	}

	@Override
	public double seconds() {
		return 0;
	}

	@Override
	public void run(final Workbench bench, final TaskListener listener) {
		final StringBuilder star = new StringBuilder(
			"data_particles\n\nloop_\n_rlnImageName #1\n_rlnAngleRot #2\n_rlnAngleTilt #3\n_rlnAnglePsi #4\n");
		for (int i = 1; i <= count; i++) star.append(String.format(Locale.ROOT, "%06d@view.mrcs %s %s 0%n", i, rotDegrees,
			tiltDegrees));
		TextFile.write(bench.file(file.substring(1)), star.toString());
	}
}
