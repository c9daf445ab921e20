package io.github.clearice.command.verb;

import io.github.clearice.command.input.MicrographInput;
import io.github.clearice.micrograph.MicrographDenoising;
import io.github.clearice.micrograph.MicrographFile;
import io.github.clearice.micrograph.MicrographTable;
import io.github.clearice.micrograph.MicrographTiles;
import io.github.clearice.micrograph.Micrographs;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Denoises whole micrographs in overlapping tiles.
 *
 * @param options how tiles cover the micrographs
 * @param denoisers the method for the tiles of a micrograph
 * @param pixelSizeAngstrom the user's value, or null for that of the files
 * @param project the folder that the paths of a table start from, or null to look for it
 */
record TiledDenoising(Function<Micrographs, MicrographTiles.Options> options,
	Function<MicrographTiles, Denoiser> denoisers, Double pixelSizeAngstrom, File project)
{

	/**
	 * Denoises the micrographs of an image file, or those that a STAR file lists.
	 *
	 * @return how many there are
	 * @throws ParameterException if the source lists micrographs and the target is not a STAR file
	 */
	int run(final Path source, final Path target, final TaskListener listener) {
		if (RelionParticles.isTable(source)) return runTable(source, target, listener);
		try (MicrographFile file = MicrographInput.open(source, pixelSizeAngstrom, listener)) {
			MicrographDenoising.run(file, options.apply(file), denoisers, target, listener);
			return file.size();
		}
	}

	private int runTable(final Path source, final Path target, final TaskListener listener) {
		if (!RelionParticles.isTable(target)) throw new ParameterException(source +
			" lists micrographs, so output= is the STAR file that lists the denoised ones, not " + target +
			". Give it the ending .star.");
		try (MicrographTable table = MicrographInput.openTable(source, pixelSizeAngstrom, project, listener)) {
			MicrographDenoising.run(table, options.apply(table), denoisers, target, listener);
			return table.size();
		}
	}
}
