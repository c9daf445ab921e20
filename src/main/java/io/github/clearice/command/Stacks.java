package io.github.clearice.command;

import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;

/** Opens the stacks that commands are given. */
final class Stacks {

	private Stacks() {}

	/**
	 * Opens an MRC stack or a RELION STAR file and passes on what had to be guessed.
	 *
	 * @param pixelSizeAngstrom what the user says, or null for what the file says
	 */
	static ParticleStack open(final Path path, final Double pixelSizeAngstrom, final TaskListener listener) {
		final MrcParticleStack stack = pixelSizeAngstrom == null ? MrcParticleStack.open(path) : MrcParticleStack.open(path,
			pixelSizeAngstrom);
		stack.warnings().forEach(listener::message);
		return stack;
	}

	/** Opens noisy particles and their clean images, with the pixel sizes that the files say. */
	static ParticlePairs openPairs(final Path noisy, final Path clean, final TaskListener listener) {
		final ParticleStack first = open(noisy, null, listener);
		ParticleStack second = null;
		try {
			second = open(clean, null, listener);
			return new ParticlePairs(first, second);
		}
		catch (final RuntimeException e) {
			first.close();
			if (second != null) second.close();
			throw e;
		}
	}
}
