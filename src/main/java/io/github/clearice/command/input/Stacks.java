package io.github.clearice.command.input;

import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Opens the stacks that commands are given. */
public final class Stacks {

	/** Bytes of a table that takes seconds to read. */
	private static final long LONG_TABLE = 200_000_000;

	/** The help text of {@code project} in every command that has it. */
	public static final String PROJECT =
		"The folder that paths in STAR and .cs files are relative to. By default, images are searched for beside" +
			" the file, in the folders above it and in the working folder.";

	private Stacks() {}

	/**
	 * Opens an MRC stack or a table of particles and passes on what had to be guessed.
	 *
	 * @param pixelSizeAngstrom the user's value, or null for that of the file
	 * @param project the folder that the paths of a table start from, or null to look for it
	 */
	public static ParticleStack open(final Path path, final Double pixelSizeAngstrom, final File project,
		final TaskListener listener)
	{
		final long bytes = path.toFile().length();
		if (RelionParticles.isTable(path) && bytes > LONG_TABLE) listener.message(String.format(Locale.ROOT,
			"Reading the rows of %s (%.1f GB).", path, bytes / 1e9));
		final MrcParticleStack stack = MrcParticleStack.open(path, pixelSizeAngstrom == null ? Double.NaN
			: pixelSizeAngstrom, folder(project));
		stack.warnings().forEach(listener::message);
		return stack;
	}

	/** The path of a folder that must be there; null where none was given. */
	public static Path folder(final File project) {
		if (project == null || project.getPath().isBlank()) return null;
		if (!Files.isDirectory(project.toPath())) throw new ParameterException("There is no folder " + project +
			" (project=). Check the name.");
		return project.toPath();
	}

	/** Opens noisy particles and their clean images, with the pixel sizes that the files say. */
	public static ParticlePairs openPairs(final Path noisy, final Path clean, final File project,
		final TaskListener listener)
	{
		final ParticleStack first = open(noisy, null, project, listener);
		ParticleStack second = null;
		try {
			second = open(clean, null, project, listener);
			return new ParticlePairs(first, second);
		}
		catch (final RuntimeException e) {
			first.close();
			if (second != null) second.close();
			throw e;
		}
	}
}
