package io.github.clearice.evaluate.halves;

import io.github.clearice.fourier.Volume;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;

/**
 * The particles of a split-half test, with their known properties.
 *
 * @param noisy particles with angles, from a STAR file
 * @param clean their clean images, or null
 * @param truth the map that they show, or null
 */
public record SplitHalfData(ParticleStack noisy, ParticleStack clean, Volume truth) implements AutoCloseable {

	/** @throws ParameterException if the noisy particles come from no STAR file, or the map has another box */
	public SplitHalfData {
		if (noisy.rows().isEmpty()) throw new ParameterException(noisy.place() +
			" is not a STAR file and has no angles. Give a STAR file that has (star=).");
		if (clean != null) ParticlePairs.requireMatch(noisy, clean);
		if (truth != null && truth.box() != noisy.box()) throw new ParameterException("The map has a box of " + truth
			.box() + " voxels, but " + noisy.place() + " of " + noisy.box() + " pixels. Crop, pad or resample the map.");
	}

	/** Checks that the inputs for references of a kind exist. */
	void require(final ReferenceKind references) {
		if (references == ReferenceKind.CLEAN && clean == null) throw new ParameterException(
			"references=clean are the clean images of the particles. Give them (clean=).");
		if (references == ReferenceKind.MAP && truth == null) throw new ParameterException(
			"references=map are projections of a map. Give it (map=).");
	}

	/** Closes the stacks. */
	@Override
	public void close() {
		noisy.close();
		if (clean != null) clean.close();
	}
}
