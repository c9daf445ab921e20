package io.github.clearice.particle;

import java.nio.file.Path;
import java.util.List;

/**
 * Square particle images of one size that can be read in any order, one at a
 * time, from any thread.
 */
public interface ParticleStack extends AutoCloseable {

	/** Number of particles. */
	int size();

	/** Edge length of each image in pixels. */
	int box();

	/** Pixel size in Å, or NaN where the file does not say. */
	double pixelSizeAngstrom();

	/** What messages call this stack: its file name as a rule. */
	String name();

	/**
	 * Reads one particle.
	 *
	 * @param index 0 to {@code size() - 1}
	 * @param image receives {@code box * box} pixels, row by row
	 */
	void read(int index, float[] image);

	/** The files that hold these particles, which must not be written over; none for a stack in memory. */
	default List<Path> files() {
		return List.of();
	}

	@Override
	default void close() {}
}
