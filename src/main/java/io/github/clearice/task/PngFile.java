package io.github.clearice.task;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Writes pictures whole or not at all. */
public final class PngFile {

	private PngFile() {}

	/**
	 * Writes a PNG file; it appears under its name only when complete.
	 *
	 * @throws OutputException if it cannot be written
	 */
	public static void write(final Path target, final BufferedImage picture) {
		try (AtomicOutput output = new AtomicOutput(target)) {
			try {
				if (!ImageIO.write(picture, "png", output.temporary().toFile())) throw new OutputException("Cannot write " +
					target + ": this Java has no PNG writer. Use a complete Java installation.");
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}
}
