package io.github.clearice.stack;

import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticles;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

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

	/** The path where the name could be mistaken for that of another stack; the name for a stack in memory. */
	default String place() {
		return name();
	}

	/** The factor, 1 or -1, that pixels of the file were multiplied by so that this particle is white on black. */
	default int sign(final int index) {
		return 1;
	}

	/**
	 * Reads one particle.
	 *
	 * @param index 0 to {@code size() - 1}
	 * @param image receives {@code box * box} pixels, row by row
	 */
	void read(int index, float[] image);

	/**
	 * All particles as one lazy image with the axes x, y and number of the particle. A particle is read when one of its
	 * pixels is looked at; the image is valid while this stack is open.
	 */
	default Img<FloatType> image() {
		return ParticleImages.of(this);
	}

	/** The files that hold these particles, which must not be written over; none for a stack in memory. */
	default List<Path> files() {
		return List.of();
	}

	/** The rows of the RELION STAR file that these particles come from, in their order, where there is one. */
	default Optional<RelionParticles> rows() {
		return Optional.empty();
	}

	/**
	 * Whether images have contrast transfer functions that their table lists: it has defoci, and does not say that they
	 * were taken out.
	 *
	 * @return empty without a table
	 */
	default Optional<Boolean> showsCtf() {
		return rows().map(rows -> rows.particles().stream().anyMatch(particle -> particle.ctf() != null && particle
			.observation().ctfState() != CtfState.CORRECTED));
	}

	@Override
	default void close() {}
}
