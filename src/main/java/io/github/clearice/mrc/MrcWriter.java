package io.github.clearice.mrc;

import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.HeaderBuilder.SectionStatistics;
import io.github.clearice.mrc.PixelDecoder.PixelEncoder;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Machines;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;

/**
 * Writes an MRC2014 file section by section; how many there will be need not be known. The file appears under its name
 * with {@link #commit()}, complete and with exact statistics (except the rms of mode 12, which is marked as not
 * computed, because checkers compute it at half precision and fail); {@link #close()} without it leaves nothing behind.
 * For one thread at a time. Several machines may write parts of one file, see {@link #part}.
 * <p>
 * Integer modes round to the nearest whole number, ties to even. Values that do
 * not fit the mode, NaN and infinite ones are refused: nothing is clipped.
 */
public final class MrcWriter implements AutoCloseable {

	private static final int BUFFER = 1 << 20;

	private final Path target;
	private final int width;
	private final int height;
	private final MrcMode mode;
	private final HeaderBuilder header;
	private final AtomicOutput output;
	/** Where sections are written until the file is complete: one place for all machines that write some of them. */
	private final Path unfinished;
	private final SectionStatistics statistics = new SectionStatistics();
	private Part sequence;
	private int sections;
	private boolean committed;

	private MrcWriter(final Path target, final int width, final int height, final MrcMode mode,
		final HeaderBuilder header)
	{
		if (mode == MrcMode.UINT4) throw new IllegalArgumentException(target +
			": 4-bit pixels (mode 101) are read but not written. Choose mode INT8.");
		if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE - 8) throw new IllegalArgumentException(
			target + ": sections of " + width + " x " + height + " pixels cannot be written.");
		this.target = target;
		this.width = width;
		this.height = height;
		this.mode = mode;
		this.header = header;
		this.output = new AtomicOutput(target);
		begin();
		this.unfinished = Path.of(Machines.current().once(() -> output.temporary().toString()));
	}

	/**
	 * Begins a stack of images.
	 *
	 * @param pixelSizeAngstrom edge of a pixel, or NaN where it is unknown
	 * @param mode how pixels are stored; any but {@link MrcMode#UINT4}
	 * @throws OutputException if the file cannot be created
	 */
	public static MrcWriter stack(final Path target, final int width, final int height, final double pixelSizeAngstrom,
		final MrcMode mode)
	{
		return fresh(target, MrcKind.STACK, width, height, pixelSizeAngstrom, mode);
	}

	/**
	 * Begins a volume of cubic voxels, which may have any number of sections.
	 *
	 * @param pixelSizeAngstrom edge of a voxel, or NaN where it is unknown
	 * @param mode how voxels are stored; any but {@link MrcMode#UINT4}
	 * @throws OutputException if the file cannot be created
	 */
	public static MrcWriter volume(final Path target, final int width, final int height, final double pixelSizeAngstrom,
		final MrcMode mode)
	{
		return fresh(target, MrcKind.VOLUME, width, height, pixelSizeAngstrom, mode);
	}

	private static MrcWriter fresh(final Path target, final MrcKind kind, final int width, final int height,
		final double pixelSizeAngstrom, final MrcMode mode)
	{
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new IllegalArgumentException(target +
			": the pixel size must be positive or NaN (unknown), not " + pixelSizeAngstrom + " Å.");
		return new MrcWriter(target, width, height, mode, HeaderBuilder.fresh(kind, width, height, pixelSizeAngstrom,
			mode));
	}

	/**
	 * Begins a file with the geometry of another, such as its processed copy: kind,
	 * size, cell, origin, labels, byte order and extended header are kept.
	 *
	 * @throws OutputException if the file cannot be created
	 */
	public static MrcWriter like(final MrcFile source, final Path target, final MrcMode mode) {
		return new MrcWriter(target, source.width(), source.height(), mode, HeaderBuilder.like(source, mode));
	}

	/**
	 * Writes a volume.
	 *
	 * @throws OutputException if the file cannot be written
	 * @throws InputException if a voxel does not fit the mode
	 */
	public static void writeVolume(final Path target, final Volume volume, final MrcMode mode) {
		final int box = volume.box();
		final float[] section = new float[box * box];
		try (MrcWriter writer = volume(target, box, box, volume.pixelSizeAngstrom(), mode)) {
			for (int z = 0; z < box; z++) {
				System.arraycopy(volume.voxels(), z * box * box, section, 0, box * box);
				writer.write(section);
			}
			writer.commit();
		}
	}

	/** Number of sections written so far, those of parts when they were added. */
	public int sections() {
		return sections;
	}

	/**
	 * Appends a section.
	 *
	 * @param section {@code width * height} pixels, row by row
	 * @throws InputException if a pixel is NaN, infinite or does not fit the mode
	 * @throws OutputException if the disk is full or fails
	 */
	public void write(final float[] section) {
		if (committed) throw new IllegalStateException(target + " is complete already.");
		if (sequence == null) sequence = part(sections);
		sequence.write(section);
		statistics.add(sequence.written.sections.remove(0));
		sections++;
	}

	/** Sections that were written as a part of the file, which their header needs to know of. */
	public static final class Written implements Serializable {

		private static final long serialVersionUID = 1L;

		private final int first;
		private final ArrayList<SectionStatistics> sections = new ArrayList<>();

		private Written(final int first) {
			this.first = first;
		}
	}

	/**
	 * Begins to write sections from a given one on. Any machine that sees the file may do so, and what is written twice
	 * must be the same.
	 *
	 * @param first number of the first section, from 0
	 * @throws OutputException if the file cannot be written to
	 */
	public Part part(final int first) {
		return new Part(first);
	}

	/** Takes note of a part, which must follow the sections so far. */
	public void add(final Written part) {
		if (sequence != null || part.first != sections) throw new IllegalStateException(target + ": a part begins with" +
			" section " + part.first + ", after " + sections + " others.");
		part.sections.forEach(statistics::add);
		sections += part.sections.size();
	}

	/**
	 * Completes the file and gives it its name.
	 *
	 * @throws InputException if no section has been written, or a volume stack is not whole
	 * @throws OutputException if the disk is full or fails
	 */
	public void commit() {
		if (committed) throw new IllegalStateException(target + " is complete already.");
		if (sections == 0) throw new InputException(target + ": no image was written. Nothing to save.");
		final byte[] finished = header.build(target, sections, statistics);
		if (sequence != null) sequence.end();
		try (RandomAccessFile file = new RandomAccessFile(output.temporary().toFile(), "rw")) {
			file.write(finished);
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
		output.commit();
		committed = true;
	}

	/** Ends writing; deletes the file if it was not committed. */
	@Override
	public void close() {
		try {
			if (sequence != null) sequence.close();
		}
		finally {
			output.close();
		}
	}

	private void begin() {
		try (RandomAccessFile begun = new RandomAccessFile(output.temporary().toFile(), "rw")) {
			begun.write(new byte[MrcHeader.LENGTH]);
			begun.write(header.extendedHeader());
		}
		catch (final IOException e) {
			output.close();
			throw OutputException.of(target, e);
		}
	}

	/** Writes some sections of the file, one after the other; for one thread at a time. */
	public final class Part implements AutoCloseable {

		private final Written written;
		private final PixelEncoder encoder = new PixelEncoder(mode);
		private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(header.byteOrder());
		private final float[] stored = mode == MrcMode.FLOAT32 ? null : new float[width * height];
		private final FileChannel file;
		private int next;

		private Part(final int first) {
			written = new Written(first);
			next = first;
			try {
				// Not made anew where a machine is late and the file has got its name.
				file = FileChannel.open(unfinished, StandardOpenOption.WRITE);
				file.position(MrcHeader.LENGTH + header.extendedHeader().length + first * (long) encoder.pixelBytes() * width *
					height);
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
		}

		/**
		 * Writes the next section.
		 *
		 * @param section {@code width * height} pixels, row by row
		 * @throws InputException if a pixel is NaN, infinite or does not fit the mode
		 * @throws OutputException if the disk is full or fails
		 */
		public void write(final float[] section) {
			if (section.length != width * height) throw new IllegalArgumentException(target + ": a section has " + (width *
				height) + " pixels, not " + section.length + ".");
			if (next == Integer.MAX_VALUE) throw new InputException(target + ": an MRC file holds at most " +
				Integer.MAX_VALUE + " sections. Write several files.");
			final float[] values = stored == null ? section : stored;
			for (int i = 0; i < values.length; i++) {
				final float value = encoder.stored(section[i]);
				if (!encoder.fits(value)) throw refusal(i, section[i]);
				if (stored != null) stored[i] = value;
			}
			written.sections.add(SectionStatistics.of(values, values.length));
			append(values);
			next++;
		}

		/**
		 * Brings all sections into the file.
		 *
		 * @return what the file's header must know of them, see {@link MrcWriter#add}
		 * @throws OutputException if the disk is full or fails
		 */
		public Written end() {
			try {
				flush();
				// The machine may fail before its system writes what it still holds.
				file.force(false);
				file.close();
				return written;
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
		}

		/** Without {@link #end()}, sections are lost. */
		@Override
		public void close() {
			try {
				file.close();
			}
			catch (final IOException e) {
				if (!committed) throw OutputException.of(target, e);
			}
		}

		private void append(final float[] values) {
			final int pixelBytes = encoder.pixelBytes();
			try {
				int from = 0;
				while (from < values.length) {
					if (buffer.remaining() < pixelBytes) flush();
					final int count = Math.min(values.length - from, buffer.remaining() / pixelBytes);
					encoder.encode(values, from, count, buffer);
					from += count;
				}
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
		}

		private void flush() throws IOException {
			buffer.flip();
			while (buffer.hasRemaining()) file.write(buffer);
			buffer.clear();
		}

		private InputException refusal(final int pixel, final float value) {
			final String where = target + ": section " + next + ", pixel (" + pixel % width + ", " + pixel /
				width + ") is " + value;
			if (!Float.isFinite(value)) return new InputException(where +
				". Replace NaN and infinite pixels before writing; nothing was saved.");
			return new InputException(where + ", outside the " + (long) mode.smallest() + " to " + (long) mode.largest() +
				" of mode " + mode + ". Scale the images or choose FLOAT32; nothing was saved.");
		}
	}
}
