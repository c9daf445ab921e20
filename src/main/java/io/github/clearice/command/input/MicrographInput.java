package io.github.clearice.command.input;

import io.github.clearice.command.Desktop;
import io.github.clearice.command.OpenImage;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.micrograph.MicrographFile;
import io.github.clearice.micrograph.MicrographTable;
import io.github.clearice.micrograph.Micrographs;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Distinguishes micrographs from particles, and opens them. */
public final class MicrographInput {

	public static final String AUTO = "auto", PARTICLES = "particles", MICROGRAPHS = "micrographs";

	/** No particles have boxes of so many pixels. */
	public static final int LARGE = 1024;

	/** A file of one particle is rare, and its box is small. */
	public static final int ALONE = 256;

	/** Edge of the tiles for methods without a box of their own. */
	public static final int TILE = 256;

	private static final Pattern TIFF = Pattern.compile("(?i).*\\.tiff?");
	private static final List<String> FOR_PARTICLES = List.of("cwf", FilterParameters.VIEWS, Denoisers.POSTERIOR);

	private MicrographInput() {}

	/**
	 * Whether a file holds micrographs.
	 *
	 * @param content the user's choice: auto, particles or micrographs
	 */
	public static boolean isMeant(final Path source, final String content) {
		if (RelionParticles.isTable(source)) {
			final boolean listed = RelionMicrographs.isListOf(source);
			if (!listed && content.equals(MICROGRAPHS)) throw new ParameterException(source +
				" lists particles. Give one that lists micrographs, or content=particles.");
			return listed;
		}
		if (isTiff(source)) {
			if (content.equals(PARTICLES)) throw new ParameterException(source +
				" is a TIFF file, from which micrographs are read" +
				" and particles are not. Open it in Fiji, or save it as MRC.");
			return true;
		}
		return content.equals(AUTO) ? looksSo(source) : content.equals(MICROGRAPHS);
	}

	/** Whether a file holds micrographs, as its kind and the size of its images have it. */
	static boolean looksSo(final Path source) {
		if (RelionParticles.isTable(source)) return RelionMicrographs.isListOf(source);
		if (isTiff(source)) return true;
		try (MrcFile file = MrcFile.open(source)) {
			return isLarge(file.width(), file.height(), file.sections());
		}
	}

	/** Whether an open image is one of micrographs. */
	public static boolean isMeant(final OpenImage image, final String content) {
		return content.equals(AUTO) ? isLarge(image.width(), image.height(), image.slices()) : content.equals(MICROGRAPHS);
	}

	private static boolean isLarge(final int width, final int height, final int sections) {
		final int edge = Math.max(width, height);
		return width != height || edge >= LARGE || sections == 1 && edge > ALONE;
	}

	private static boolean isTiff(final Path path) {
		return TIFF.matcher(path.toString()).matches();
	}

	/** Whether a file holds one micrograph, for its name alone: files that cannot be read are refused elsewhere. */
	public static boolean isSingle(final Path source, final String content) {
		if (!Files.isRegularFile(source)) return false;
		if (RelionParticles.isTable(source)) return false;
		try {
			if (!isMeant(source, content)) return false;
			try (MicrographFile file = open(source, Double.NaN)) {
				return file.size() == 1;
			}
		}
		catch (final ClearIceException e) {
			return false;
		}
	}

	/** Refuses methods that know where in an image the particle is. */
	public static void requireTiled(final String method) {
		if (FOR_PARTICLES.contains(method)) throw new ParameterException("method=" + method +
			" is for particles in the middle of their images, not for micrographs. Give general, a model, or wiener," +
			" lowpass, bm3d, nlm or ksvd.");
	}

	/**
	 * Opens a STAR file that lists micrographs and passes on what had to be guessed.
	 *
	 * @param pixelSizeAngstrom the user's value, or null for that of the files
	 * @param project the folder that the paths of the table start from, or null to look for it
	 */
	public static MicrographTable openTable(final Path path, final Double pixelSizeAngstrom, final File project,
		final TaskListener listener)
	{
		final MicrographTable table = new MicrographTable(path, pixelSizeAngstrom == null ? Double.NaN : pixelSizeAngstrom,
			Stacks.folder(project), MicrographInput::open);
		table.warnings().forEach(listener::message);
		return table;
	}

	/** Opens the micrographs of an MRC file or of a STAR file. */
	public static Micrographs openAny(final Path path, final Double pixelSizeAngstrom, final File project,
		final TaskListener listener)
	{
		return RelionParticles.isTable(path) ? openTable(path, pixelSizeAngstrom, project, listener) : open(path,
			pixelSizeAngstrom, listener);
	}

	/**
	 * Opens an MRC or TIFF file of micrographs and passes on what had to be guessed.
	 *
	 * @param pixelSizeAngstrom the user's value, or null for that of the file
	 */
	public static MicrographFile open(final Path path, final Double pixelSizeAngstrom, final TaskListener listener) {
		final MicrographFile file = open(path, pixelSizeAngstrom == null ? Double.NaN : pixelSizeAngstrom);
		file.warnings().forEach(listener::message);
		return file;
	}

	private static MicrographFile open(final Path path, final double pixelSizeAngstrom) {
		return isTiff(path) ? new MicrographFile(Desktop.get().tiff(path), pixelSizeAngstrom)
			: new MicrographFile(path, pixelSizeAngstrom);
	}
}
