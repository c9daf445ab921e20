package io.github.clearice.command;

import io.github.clearice.micrograph.Pick;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** An image of the {@link Desktop}. Two are equal if they are the same image. */
public interface OpenImage {

	/** The image as scripts know it: an {@code ij.ImagePlus}. */
	Object content();

	String title();

	/** The title as the name of a file, without the ending. */
	String plainTitle();

	int width();

	int height();

	int slices();

	/** The file from which ClearIce opened it, if its content still equals the image. */
	Optional<Path> file();

	/**
	 * The slices as particles.
	 *
	 * @param pixelSizeAngstrom null for the calibration's value
	 * @param outlives whether they are needed longer than the image is open
	 * @throws io.github.clearice.task.InputException if it is in colour or not square
	 */
	ParticleStack particles(Double pixelSizeAngstrom, boolean outlives);

	/**
	 * How the name of an MRC file with its pixels ends.
	 *
	 * @throws io.github.clearice.task.InputException if an MRC file cannot hold it
	 */
	String mrcEnding();

	/** Writes it as an MRC file. */
	void write(Path file, TaskListener listener);

	/**
	 * Draws the circle outside which noise is measured.
	 *
	 * @param diameterFraction in boxes
	 */
	void markBackground(double diameterFraction);

	/**
	 * Frames single particles.
	 *
	 * @param kind of the frames, which take the place of those of the same kind
	 * @param names of the frames, by the particle's number from 0; null for a particle that gets none
	 */
	void frame(String kind, IntFunction<String> names);

	/**
	 * Draws boxes around picks, if it has as many slices as there are micrographs.
	 *
	 * @param picks of each micrograph
	 * @param box edge of the boxes in pixels
	 */
	void mark(List<List<Pick>> picks, int box);
}
