package io.github.clearice.mrc;

import io.github.clearice.mrc.MrcValidator.MrcFinding;
import io.github.clearice.mrc.MrcValidator.MrcRule;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

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

	/** Bytes of blocks after which what is mapped is given back. */
	private static final long GIVEN_BACK = 1L << 28;

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
	/** Bytes of all blocks that were asked for. */
	private final AtomicLong used = new AtomicLong();

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
	 * The bytes of one block; the caller may move the buffer's position.
	 *
	 * @param index section times {@link #blocksPerSection()} plus the part of the section
	 * @throws InputException if the file has shrunk since it was opened, or is closed
	 */
	ByteBuffer block(final long index) {
		final long bytes = blocksPerSection > 1 ? rowsPerBlock * rowBytes : sectionBytes;
		final long before = used.getAndAdd(bytes);
		if (before / GIVEN_BACK != (before + bytes) / GIVEN_BACK) pieces.values().forEach(MappedMemory::release);
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
			start = number / blocksPerSection * sectionBytes + (long) part * rowsPerBlock * rowBytes;
			length = Math.min(rowsPerBlock * rowBytes, sectionBytes - (long) part * rowsPerBlock * rowBytes);
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

	/**
	 * The interpretation of a header that was checked against the file.
	 *
	 * @param mode pixel type
	 * @param unsignedBytes whether mode 0 holds unsigned bytes
	 * @param kind image, stack or volume
	 * @param axes the spatial axis (0 X, 1 Y, 2 Z) of columns, rows and sections
	 * @param dataOffset where the pixels begin in the file, in bytes
	 * @param warnings one line each, with the name of the file
	 */
	record MrcLayout(MrcMode mode, boolean unsignedBytes, MrcKind kind, int[] axes, long dataOffset,
		List<String> warnings)
	{

		/**
		 * Interprets a header.
		 *
		 * @param as the kind that the caller expects, or null
		 * @throws InputException if the header cannot be that of an image, or promises more than the file holds
		 */
		static MrcLayout of(final Path path, final MrcHeader header, final long fileLength, final MrcKind as) {
			final List<String> warnings = new ArrayList<>();
			for (final MrcFinding finding : HeaderRules.check(header, fileLength)) {
				if (finding.severity() == MrcFinding.Severity.ERROR) throw InputException.of(path, finding.message());
				// An empty cell is no guess: who needs the pixel size asks for it, and a STAR file may know it.
				if (finding.rule() == MrcRule.PIXEL_SIZE) continue;
				// RELION never fills it in, which changes nothing.
				final boolean unversioned = finding.rule() == MrcRule.VERSION && header.nversion() == 0;
				if (!unversioned) warnings.add(path + ": " + finding.message());
			}
			final MrcKind kind = as == null ? guess(path, header) : require(path, header, as);
			final int[] axes = header.axes();
			final boolean absent = axes[0] == 0;
			for (int i = 0; i < 3; i++) axes[i] = absent ? i : axes[i] - 1;
			if (kind != MrcKind.VOLUME && axes[2] != 2) throw InputException.of(path, "cannot be opened as " + name(kind) +
				": its sections run along " + "XYZ".charAt(axes[2]) + ", not Z (maps " + header.axes()[2] +
				"). Open it as a volume.");
			final MrcMode mode = MrcMode.ofCode(header.mode());
			return new MrcLayout(mode, mode == MrcMode.INT8 && header.hasUnsignedBytes(), kind, axes, MrcHeader.LENGTH +
				(long) header.nsymbt(), List.copyOf(warnings));
		}

		/** Whether columns, rows and sections are X, Y and Z. */
		boolean isInOrder() {
			return axes[0] == 0 && axes[1] == 1;
		}

		/** Whether the name is one that particle stacks and tilt series carry, under any compression. */
		static boolean hasStackName(final Path path) {
			final Path fileName = path.getFileName();
			final String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT).replaceFirst(
				"\\.(gz|bz2)$", "");
			return name.endsWith(".mrcs") || name.endsWith(".st");
		}

		private static MrcKind guess(final Path path, final MrcHeader header) {
			final int nz = header.nz();
			final int mz = header.sampling()[2];
			if (hasStackName(path)) return MrcKind.STACK;
			if (HeaderRules.isVolumeStack(header) && mz > 0 && nz % mz == 0) return MrcKind.VOLUME_STACK;
			final int[] axes = header.axes();
			final boolean sectionsAlongZ = axes[2] == 3 || axes[2] == 0;
			if (!sectionsAlongZ) return MrcKind.VOLUME;
			if (nz == 1) return MrcKind.IMAGE;
			// RELION leaves the cell of its stacks without a height.
			final float[] cell = header.cellAngstrom();
			final boolean flatCell = cell[2] == 0 && cell[0] != 0;
			return mz == 1 || flatCell ? MrcKind.STACK : MrcKind.VOLUME;
		}

		private static MrcKind require(final Path path, final MrcHeader header, final MrcKind as) {
			final int nz = header.nz();
			final int mz = header.sampling()[2];
			if (as == MrcKind.IMAGE && nz != 1) throw InputException.of(path, "cannot be opened as an image: it holds " + nz +
				" sections. Open it as a stack or a volume.");
			if (as == MrcKind.VOLUME_STACK && (mz < 1 || nz % mz != 0)) throw InputException.of(path,
				"cannot be opened as a stack of volumes: " + nz + " sections do not divide into volumes of " + mz + " (mz).");
			return as;
		}

		private static String name(final MrcKind kind) {
			return switch (kind) {
				case IMAGE -> "an image";
				case STACK -> "a stack";
				case VOLUME -> "a volume";
				case VOLUME_STACK -> "a stack of volumes";
			};
		}
	}
}
