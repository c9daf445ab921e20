package io.github.clearice.micrograph;

import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.Leftovers;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/**
 * Denoises the micrographs of a file, one after the other: memory holds one of them
 * and its result. The output appears when it is complete.
 */
public final class MicrographDenoising {

	private static final String TASK = "Denoising micrographs";

	private MicrographDenoising() {}

	/**
	 * Denoises all micrographs.
	 *
	 * @param denoisers gives the denoiser for the tiles of a micrograph, not yet prepared; it is its owner's to close
	 * @param target the file to write
	 * @throws ParameterException if a micrograph cannot be denoised, or the target is the input
	 * @throws OutputException if the output cannot be written
	 */
	public static void run(final MicrographFile file, final MicrographTiles.Options options,
		final Function<MicrographTiles, Denoiser> denoisers, final Path target, final TaskListener listener)
	{
		if (AtomicOutput.isSame(file.path(), target)) throw new ParameterException("The output " + target +
			" is the input itself; give another name.");
		OutputException.requireSpace(target, (long) Float.BYTES * file.size() * file.width() * file.height());
		try (MrcWriter writer = file.writer(target)) {
			Machines.current().run(Steps.units(TASK, file.size()), (first, end, done) -> {
				try (MrcWriter.Part part = writer.part(first)) {
					for (int i = first; i < end; i++) {
						if (file.size() > 1) listener.message("Micrograph " + (i + 1) + " of " + file.size());
						part.write(denoise(file.read(i), options, denoisers, i == 0, listener).pixels());
					}
					return part.end();
				}
			}, writer::add, listener);
			writer.commit();
		}
	}

	/**
	 * Denoises all micrographs of a table, each into a file of its own in the folder that is called as the target
	 * without its ending. The table with all its columns and their names comes last. Older files with these names stay
	 * until all are denoised.
	 *
	 * @param denoisers gives the denoiser for the tiles of a micrograph, not yet prepared; it is its owner's to close
	 * @param target the STAR file to write
	 * @throws ParameterException if a micrograph cannot be denoised, or would be replaced
	 * @throws OutputException if the output cannot be written
	 */
	public static void run(final MicrographTable table, final MicrographTiles.Options options,
		final Function<MicrographTiles, Denoiser> denoisers, final Path target, final TaskListener listener)
	{
		final Path folder = folder(target);
		requireOther(table, target);
		for (int i = 0; i < table.size(); i++) requireOther(table, file(table, i, folder));
		AtomicOutput.requireWritable(target);
		final RelionMicrographs rows = table.rows().orElseThrow();
		final Path stage = Path.of(Machines.current().once(() -> Leftovers.beside(folder.toAbsolutePath()).toString()));
		try {
			Machines.current().run(Steps.units(TASK, table.size()), (first, end, done) -> {
				for (int i = first; i < end; i++) {
					listener.message("Micrograph " + (i + 1) + " of " + table.size());
					denoise(table, i, file(table, i, stage), options, denoisers, listener);
				}
				return end;
			}, end -> {}, listener);
			if (!Machines.current().writes()) return;
			final Path list = stage.resolve(target.getFileName());
			rows.write(list, i -> rows.nameOf(file(table, i, folder), target));
			for (int i = 0; i < table.size(); i++) move(file(table, i, stage), file(table, i, folder));
			move(list, target);
		}
		finally {
			if (Machines.current().writes()) delete(stage, listener);
		}
	}

	private static void move(final Path from, final Path to) {
		try {
			Files.createDirectories(to.toAbsolutePath().getParent());
			Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw OutputException.of(to, e);
		}
	}

	/** Removes what is not finished, after a failure or a cancellation, and empty folders otherwise. */
	private static void delete(final Path stage, final TaskListener listener) {
		try {
			Leftovers.delete(stage);
		}
		catch (final IOException e) {
			listener.message("Warning: " + stage + ", which is of no use, cannot be deleted. Delete it by hand.");
		}
	}

	private static void denoise(final MicrographTable table, final int index, final Path target,
		final MicrographTiles.Options options, final Function<MicrographTiles, Denoiser> denoisers,
		final TaskListener listener)
	{
		try (MicrographFile file = table.open(index);
				MrcWriter writer = file.size() == 1 ? file.writer(target) : MrcWriter.stack(target, file.width(), file.height(),
					table.pixelSizeAngstrom(), MrcMode.FLOAT32))
		{
			writer.write(denoise(file.read(table.rows().orElseThrow().section(index)), options, denoisers, index == 0,
				listener).pixels());
			writer.commit();
		}
	}

	/** The folder for the micrographs that a STAR file lists. */
	private static Path folder(final Path star) {
		return star.resolveSibling(String.valueOf(star.getFileName()).replaceFirst("(?i)\\.(star|cs)$", ""));
	}

	private static Path file(final MicrographTable table, final int index, final Path folder) {
		return folder.resolve(table.title(index) + ".mrc");
	}

	private static void requireOther(final MicrographTable table, final Path target) {
		for (final Path input : table.files()) if (AtomicOutput.isSame(input, target)) throw new ParameterException(
			"The output " + target + " is one of the inputs; give another name.");
	}

	/** @param first whether to say how the particles of this micrograph, one of many, suit the denoiser */
	private static Micrograph denoise(final Micrograph micrograph, final MicrographTiles.Options options,
		final Function<MicrographTiles, Denoiser> denoisers, final boolean first, final TaskListener listener)
	{
		final MicrographTiles tiles = new MicrographTiles(micrograph, options);
		final Denoiser denoiser = denoisers.apply(tiles);
		// Most tiles hold only ice, which says nothing about the particles.
		denoiser.prepare(tiles, new TaskListener() {

			@Override
			public boolean isCancelled() {
				return listener.isCancelled();
			}
		});
		final Micrograph result = tiles.denoise(denoiser, listener);
		if (first && tiles.particles().size() > 0) denoiser.prepare(tiles.particles(), listener);
		return result;
	}
}
