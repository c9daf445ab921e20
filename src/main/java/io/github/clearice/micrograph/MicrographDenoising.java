package io.github.clearice.micrograph;

import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.particle.Denoiser;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * Denoises the micrographs of a file, one after the other: memory holds one of them
 * and its result. The output appears when it is complete.
 */
public final class MicrographDenoising {

	private MicrographDenoising() {}

	/**
	 * Denoises all micrographs.
	 *
	 * @param denoisers gives the denoiser for the tiles of a micrograph, not yet prepared; it is its owner's to close
	 * @param target the file to write
	 * @throws MicrographException if a micrograph cannot be denoised, or the target is the input
	 * @throws OutputException if the output cannot be written
	 */
	public static void run(final MicrographFile file, final TileOptions options,
		final Function<MicrographTiles, Denoiser> denoisers, final Path target, final TaskListener listener)
	{
		if (AtomicOutput.isSame(file.path(), target)) throw new MicrographException("The output " + target +
			" is the input itself; give another name.");
		OutputException.requireSpace(target, (long) Float.BYTES * file.size() * file.width() * file.height());
		try (MrcWriter writer = file.writer(target)) {
			for (int i = 0; i < file.size(); i++) {
				if (file.size() > 1) listener.message("Micrograph " + (i + 1) + " of " + file.size());
				final MicrographTiles tiles = new MicrographTiles(file.read(i), options);
				final Denoiser denoiser = denoisers.apply(tiles);
				denoiser.prepare(tiles, listener);
				writer.write(tiles.denoise(denoiser, listener));
			}
			writer.commit();
		}
	}
}
