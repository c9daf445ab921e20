package io.github.clearice.stack;

import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;

import java.nio.file.Path;

/**
 * Writes particles one after the other into a float32 MRC stack, which appears
 * under its name with {@link #commit()} only; closing without it leaves nothing
 * behind. For one thread at a time.
 */
public final class ParticleStackWriter implements AutoCloseable {

	private final MrcWriter writer;

	/**
	 * Begins a stack.
	 *
	 * @param target the file, usually {@code .mrcs}; its folder is made where it is
	 *          missing
	 * @param box edge length of the images in pixels
	 * @param pixelSizeAngstrom pixel size in Å, or NaN where it is unknown
	 * @throws io.github.clearice.task.OutputException if the file cannot be created
	 */
	public ParticleStackWriter(final Path target, final int box, final double pixelSizeAngstrom) {
		writer = MrcWriter.stack(target, box, box, pixelSizeAngstrom, MrcMode.FLOAT32);
	}

	/**
	 * Appends a particle.
	 *
	 * @param image {@code box * box} finite pixels, row by row
	 * @throws io.github.clearice.task.InputException if a pixel is NaN or infinite
	 * @throws io.github.clearice.task.OutputException if the disk is full or fails
	 */
	public void write(final float[] image) {
		writer.write(image);
	}

	/** Begins a part of the stack, with the particle of this number first, as {@link MrcWriter#part} does. */
	public MrcWriter.Part part(final int first) {
		return writer.part(first);
	}

	/** Takes note of a part, which must follow the particles so far. */
	public void add(final MrcWriter.Written part) {
		writer.add(part);
	}

	/**
	 * Completes the file and gives it its name.
	 *
	 * @throws io.github.clearice.task.InputException if no particle was written
	 * @throws io.github.clearice.task.OutputException if the file cannot be finished
	 */
	public void commit() {
		writer.commit();
	}

	@Override
	public void close() {
		writer.close();
	}
}
