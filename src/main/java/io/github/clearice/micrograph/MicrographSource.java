package io.github.clearice.micrograph;

import java.nio.file.Path;
import java.util.List;

/** A file of images in some format, as micrographs are read from it. */
public interface MicrographSource extends AutoCloseable {

	Path path();

	/** Pixels along X. */
	int width();

	/** Pixels along Y. */
	int height();

	/** Number of images. */
	int sections();

	/** Edge of a pixel; NaN where the file does not say. */
	double pixelSizeAngstrom();

	/** What had to be ignored or guessed, one line each. */
	List<String> warnings();

	/**
	 * Reads an image.
	 *
	 * @param section from 0
	 * @param pixels receives {@code width * height} pixels, row by row
	 */
	void readSection(int section, float[] pixels);

	@Override
	void close();
}
