package io.github.clearice.stack;

import io.github.clearice.fourier.ImageWindow;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Square particle images of one size, as one ImgLib2 image, and the table of the particles if there is one. */
public interface ParticleStack extends AutoCloseable {

	/**
	 * All particles as one image with the axes x, y and number of the particle, counted from 0. Particles of a file are
	 * read when one of their pixels is looked at, from any thread; the image is valid while this stack is open.
	 */
	RandomAccessibleInterval<FloatType> image();

	/** Pixel size in Å, or NaN if it is unknown. */
	double pixelSizeAngstrom();

	/** What messages call this stack: usually its file name. */
	String name();

	/** The rows of the RELION STAR file that these particles come from, in their order, if any. */
	default Optional<RelionParticles> rows() {
		return Optional.empty();
	}

	/** Number of particles. */
	default int size() {
		return (int) image().dimension(2);
	}

	/** Edge length of each image in pixels. */
	default int box() {
		return (int) image().dimension(0);
	}

	/** The numbers of at most so many particles, spread evenly over the stack; of all where it has no more. */
	default int[] spread(final int most) {
		final int[] chosen = new int[Math.min(size(), most)];
		for (int i = 0; i < chosen.length; i++) chosen[i] = (int) ((long) i * size() / chosen.length);
		return chosen;
	}

	/**
	 * Reads one particle into an array, for inner loops.
	 *
	 * @param index 0 to {@code size() - 1}
	 * @param pixels receives {@code box * box} pixels, row by row
	 */
	default void read(final int index, final float[] pixels) {
		PixelArrays.read(image(), index, pixels);
	}

	/** The path where the name could be mistaken for that of another stack; the name for a stack in memory. */
	default String place() {
		return name();
	}

	/** The factor, 1 or -1, that pixels of the file were multiplied by so that this particle is white on black. */
	default int sign(final int index) {
		return 1;
	}

	/** The files that hold these particles, which must not be written over; none for a stack in memory. */
	default List<Path> files() {
		return List.of();
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

	/**
	 * An image and a table as a stack.
	 *
	 * @param name what messages call the stack
	 * @param image axes x, y and number of the particle, of any real type; x and y have the same length; not copied
	 * @param pixelSizeAngstrom pixel size in Å, or NaN if it is unknown
	 * @param rows one row for each particle, in the order of the images; null without a table
	 * @throws InputException if the image is no stack of square images, or the table has another number of rows
	 */
	static ParticleStack of(final String name, final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom, final RelionParticles rows)
	{
		return new ImageParticleStack(name, name, image, pixelSizeAngstrom, rows, index -> 1, List.of(), () -> {});
	}

	/**
	 * Other images or another table of the same particles. Closing it closes this stack, too.
	 *
	 * @param image axes x, y and number of the particle
	 * @param newPixelSizeAngstrom that of the image, in Å
	 * @param table one row for each particle; null without a table
	 */
	default ParticleStack with(final RandomAccessibleInterval<FloatType> image, final double newPixelSizeAngstrom,
		final RelionParticles table)
	{
		return new ImageParticleStack(name(), place(), image, newPixelSizeAngstrom, table, this::sign, files(),
			this::close);
	}

	/** The same particles, each image changed as it is read. Closing it closes this stack, too. */
	default ParticleStack with(final LazyImages.Source images) {
		return with(LazyImages.of(box(), size(), images), pixelSizeAngstrom(), rows().orElse(null));
	}

	/**
	 * The stack as RELION normalises it: the background of each image, outside a circle of RELION's default diameter, has
	 * mean 0 and standard deviation 1. Closing it closes this stack, too.
	 */
	default ParticleStack normalised() {
		final ParticleBackground background = new ParticleBackground(box());
		return with((index, pixels) -> {
			read(index, pixels);
			background.normalise(pixels);
		});
	}

	/**
	 * The particles as images of another box and pixel size: resampled, then cropped or padded with their own
	 * reflections. Closing it closes this stack, too.
	 *
	 * @param resampling of images of this box
	 * @param newBox edge length of the new images in pixels
	 */
	default ParticleStack resampled(final Resampling resampling, final int newBox) {
		final ThreadLocal<Resampling.ImageResampler> resamplers = ThreadLocal.withInitial(resampling::resampler);
		final int from = resampling.resampledBox();
		return with(LazyImages.of(newBox, size(), (index, pixels) -> {
			final float[] original = new float[box() * box()], resampled = new float[from * from];
			read(index, original);
			resamplers.get().apply(original, resampled);
			ImageWindow.mirrored(resampled, from, pixels, newBox);
		}), resampling.ratio() * pixelSizeAngstrom(), rows().orElse(null));
	}

	/**
	 * Some particles with their rows. This stack stays its owner's to close.
	 *
	 * @param indices which, in the order wanted
	 */
	default ParticleStack particles(final int... indices) {
		final int[] chosen = indices.clone();
		return new ImageParticleStack(name(), place(), LazyImages.of(box(), chosen.length, (index, pixels) -> read(
			chosen[index], pixels)), pixelSizeAngstrom(), rows().map(all -> all.withRows(chosen)).orElse(null), index -> sign(
				chosen[index]), files(), () -> {});
	}

	/**
	 * Some particles that follow each other, without their rows. This stack stays its owner's to close.
	 *
	 * @param first index of the first, from 0
	 * @param count how many
	 * @throws InputException if the stack lacks one of them
	 */
	default ParticleStack range(final int first, final int count) {
		if (first < 0 || count < 0 || first > size() - count) throw new InputException(name() + " holds " + size() +
			" particles, which lacks some of " + (first + 1) + " to " + ((long) first + count) +
			". Give a larger stack, or ask for fewer.");
		final long[] size = { box(), box(), count };
		return new ImageParticleStack(name(), place(), Views.offsetInterval(image(), new long[] { 0, 0, first }, size),
			pixelSizeAngstrom(), null, index -> sign(first + index), files(), () -> {});
	}
}
