package io.github.clearice.task;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
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

	/**
	 * The bytes of a PNG file.
	 *
	 * @throws OutputException if Java cannot make them
	 */
	public static byte[] bytes(final BufferedImage picture) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			if (!ImageIO.write(picture, "png", bytes)) throw new OutputException(
				"A picture cannot be written: this Java has no PNG writer. Use a complete Java installation.");
		}
		catch (final IOException e) {
			throw new OutputException("A picture cannot be written: " + e.getMessage() + ". Check the temporary folder.", e);
		}
		return bytes.toByteArray();
	}
}
