package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;

import java.nio.file.Path;

/**
 * What a reconstruction gives.
 *
 * @param whole the map of all particles
 * @param first the map of the first half-set, not filtered; null without half-sets
 * @param second the map of the second half-set; null without half-sets
 * @param correlation of the halves, within the sphere that touches the box; null without half-sets
 */
public record ReconstructedMaps(Volume whole, Volume first, Volume second, ShellCorrelation correlation) {

	/**
	 * Writes the map, and those of the half-sets beside it, where there are any.
	 *
	 * @throws io.github.clearice.task.OutputException if a file cannot be written
	 */
	public void write(final Path target) {
		MrcWriter.writeVolume(target, whole, MrcMode.FLOAT32);
		if (first == null) return;
		MrcWriter.writeVolume(halfFile(target, 1), first, MrcMode.FLOAT32);
		MrcWriter.writeVolume(halfFile(target, 2), second, MrcMode.FLOAT32);
	}

	/**
	 * The file of a half-set's map beside that of all: {@code map_half1.mrc} beside {@code map.mrc}.
	 *
	 * @param number 1 or 2
	 */
	public static Path halfFile(final Path target, final int number) {
		final String name = String.valueOf(target.getFileName());
		final int dot = name.lastIndexOf('.');
		return target.resolveSibling(dot < 0 ? name + "_half" + number : name.substring(0, dot) + "_half" + number + name
			.substring(dot));
	}
}
