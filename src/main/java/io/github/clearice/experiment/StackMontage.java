package io.github.clearice.experiment;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.particle.MrcParticleStack;

import java.util.Map;

/** Pictures of the same particles in several stacks of a run. */
final class StackMontage {

	private StackMontage() {}

	/**
	 * Draws the first particles of each stack, a row a stack.
	 *
	 * @param file to write, a PNG
	 * @param count of particles
	 * @param stacks files of the run by what stands above them, in their order
	 */
	static void write(final Workbench bench, final String file, final int count, final Map<String, String> stacks) {
		Montage montage = null;
		for (final Map.Entry<String, String> entry : stacks.entrySet()) {
			try (MrcParticleStack stack = MrcParticleStack.open(bench.file(entry.getValue()))) {
				if (montage == null) montage = Montage.ofFirst(count, stack.size());
				montage.add(entry.getKey(), stack);
			}
		}
		if (montage != null) montage.write(bench.file(file));
	}
}
