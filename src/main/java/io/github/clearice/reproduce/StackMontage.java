package io.github.clearice.reproduce;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.stack.MrcParticleStack;

import java.util.Map;

/** Pictures of the same particles in several stacks of a run. */
final class StackMontage {

	private StackMontage() {}

	/**
	 * Draws some particles of each stack, a row a stack.
	 *
	 * @param file to write, a PNG
	 * @param particles that are shown, counted from 0
	 * @param stacks files of the run by what stands above them, in their order
	 */
	static void write(final RunContext context, final String file, final int[] particles,
		final Map<String, String> stacks)
	{
		Montage montage = null;
		for (final Map.Entry<String, String> entry : stacks.entrySet()) {
			try (MrcParticleStack stack = MrcParticleStack.open(context.file(entry.getValue()))) {
				if (montage == null) montage = new Montage(particles);
				montage.add(entry.getKey(), stack);
			}
		}
		if (montage != null) montage.write(context.file(file));
	}
}
