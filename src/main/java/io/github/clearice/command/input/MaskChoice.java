package io.github.clearice.command.input;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.SoftMask;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A mask that is given as a file, or made of the maps that it is for. */
public final class MaskChoice {

	/** The word for a mask that is made. */
	private static final String AUTO = "auto";

	private MaskChoice() {}

	/** The mask's file, which must be there; empty where the mask is to be made, or there is none. */
	public static Optional<Path> file(final File mask) {
		return mask == null || isAuto(mask) ? Optional.empty() : Optional.of(ClearIceCommand.existing(mask, "mask"));
	}

	/** Holds, before long work, that a mask that is given has the box of the maps to come. */
	public static void requireBox(final File mask, final int box, final TaskListener listener) {
		file(mask).ifPresent(file -> {
			final int own = Denoisers.map(file, Double.NaN, listener).box();
			if (own != box) throw new ParameterException(file + " (mask=) has a box of " + own +
				" voxels, but the particles of " + box + ". Give a mask of their box, or auto.");
		});
	}

	private static boolean isAuto(final File mask) {
		return AUTO.equals(mask.getPath()) && !Files.exists(mask.toPath());
	}

	/**
	 * The weights, 0 to 1, of the voxels of two maps.
	 *
	 * @param name of the first map, for messages
	 */
	public static Volume weights(final File mask, final String name, final Volume first, final Volume second,
		final TaskListener listener)
	{
		final Path file = file(mask).orElse(null);
		if (file == null) {
			final SoftMask made = SoftMask.ofHalves(first, second);
			listener.message("The mask is made of the mean of both maps: " + made.describe() + ".");
			return made.mask();
		}
		final Volume given = Denoisers.map(file, first.pixelSizeAngstrom(), listener);
		first.requireAlike(name, given, file.toString());
		return SoftMask.checked(file.toString(), given);
	}
}
