package io.github.clearice.micrograph;

import java.nio.file.Path;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

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

	/** Values that were ignored or guessed, one line each. */
	List<String> warnings();

	/**
	 * Reads an image with the axes x and y.
	 *
	 * @param section from 0
	 */
	ArrayImg<FloatType, FloatArray> read(int section);

	@Override
	void close();
}
