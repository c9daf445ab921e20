package io.github.clearice.mrc;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pixels of a file as blocks of memory-mapped bytes: a section each, or a
 * run of rows where a section is too large for one buffer. The file is mapped
 * piece by piece, when a block of the piece is first asked for, so that opening
 * costs nothing however long the file. Thread-safe.
 * <p>
 * A piece stays mapped, beyond {@link MrcSource#close()}, until the last buffer
 * of it is garbage.
 */
final class MappedPixels {

	/** Bytes of a mapped piece, as far as whole sections allow; a buffer's limit is 2 GiB. */
	private static final long PIECE = 1L << 30;
	/** Bytes of a block: half as much, because two 4-bit pixels in a byte count twice. */
	private static final long LARGEST_BLOCK = 1L << 29;

	private final MrcSource source;
	private final long offset;
	private final long end;
	private final int rowsPerBlock;
	private final int blocksPerSection;
	private final int sectionsPerPiece;
	private final long rowBytes;
	private final long sectionBytes;
	private final ByteOrder order;
	private final ConcurrentHashMap<Long, MappedByteBuffer> pieces = new ConcurrentHashMap<>();

	/** @throws InputException if a single row is longer than a buffer may be */
	MappedPixels(final MrcSource source, final MrcHeader header, final MrcLayout layout) {
		this.source = source;
		this.offset = layout.dataOffset();
		this.order = header.byteOrder();
		this.rowBytes = layout.mode().rowBytes(header.nx());
		this.sectionBytes = rowBytes * header.ny();
		this.end = offset + sectionBytes * header.nz();
		if (rowBytes > LARGEST_BLOCK) throw InputException.of(source.path(), "its rows of " + header.nx() +
			" pixels are too long to be mapped into memory. Cut it into narrower images.");
		this.rowsPerBlock = (int) Math.min(header.ny(), LARGEST_BLOCK / rowBytes);
		this.blocksPerSection = (header.ny() + rowsPerBlock - 1) / rowsPerBlock;
		this.sectionsPerPiece = blocksPerSection > 1 ? 1 : (int) Math.max(1, PIECE / sectionBytes);
	}

	int rowsPerBlock() {
		return rowsPerBlock;
	}

	int blocksPerSection() {
		return blocksPerSection;
	}

	/**
	 * The bytes of one block, of which the caller may move the position.
	 *
	 * @param index section times {@link #blocksPerSection()} plus the part of the section
	 * @throws InputException if the file has shrunk since it was opened, or is closed
	 */
	ByteBuffer block(final long index) {
		if (blocksPerSection > 1) return piece(index).duplicate().order(order);
		final long piece = index / sectionsPerPiece;
		final int within = (int) (index % sectionsPerPiece);
		return piece(piece).slice((int) (within * sectionBytes), (int) sectionBytes).order(order);
	}

	/**
	 * Fails where the file no longer holds all pixels, which reading through the
	 * map could answer with zeros or a fault.
	 */
	void requireWhole() {
		try {
			if (source.file().length() < end) throw shrunk(null);
		}
		catch (final IOException e) {
			throw InputException.of(source.path(), "has been closed; open it again to read from it.", e);
		}
	}

	InputException shrunk(final Throwable cause) {
		return InputException.of(source.path(),
			"has become shorter or unreadable since it was opened. Let the program that writes it finish, then open it" +
			" again.",
			cause);
	}

	private MappedByteBuffer piece(final long number) {
		final MappedByteBuffer known = pieces.get(number);
		return known != null ? known : pieces.computeIfAbsent(number, this::map);
	}

	private MappedByteBuffer map(final long number) {
		requireWhole();
		final long start;
		final long length;
		if (blocksPerSection > 1) {
			final int part = (int) (number % blocksPerSection);
			start = number / blocksPerSection * sectionBytes + part * rowsPerBlock * rowBytes;
			length = Math.min(rowsPerBlock * rowBytes, sectionBytes - part * rowsPerBlock * rowBytes);
		}
		else {
			start = number * sectionsPerPiece * sectionBytes;
			length = Math.min(sectionsPerPiece * sectionBytes, end - offset - start);
		}
		// A channel closes itself, for all threads, when an interrupted thread uses it.
		final boolean interrupted = Thread.interrupted();
		try {
			final RandomAccessFile file = source.file();
			return file.getChannel().map(FileChannel.MapMode.READ_ONLY, offset + start, length);
		}
		catch (final IOException e) {
			throw InputException.of(source.path(), "cannot be mapped into memory (" + e.getMessage() +
				"). Check that it is on a local disk, or copy it to one.", e);
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}
}
