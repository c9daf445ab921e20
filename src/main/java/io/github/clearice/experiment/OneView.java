package io.github.clearice.experiment;

import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

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
		TextFile.write(bench.file(file.substring(1)),
			"data_particles\n\nloop_\n_rlnAngleRot #1\n_rlnAngleTilt #2\n_rlnAnglePsi #3\n" + (rotDegrees + " " + tiltDegrees +
				" 0\n").repeat(count));
	}
}
