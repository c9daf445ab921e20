package io.github.clearice.mrc;

import io.github.clearice.mrc.MrcHeader.MrcExtent;
import io.github.clearice.mrc.MrcSource.Compression;
import io.github.clearice.task.InputFile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks quickly whether a file, compressed or not, looks like MRC. */
public final class MrcProbe {

	private MrcProbe() {}

	/**
	 * Whether a file begins like an MRC file: a known mode, sizes that make sense,
	 * and either the identifier {@code MAP} or axes in some order. Nothing but the
	 * header is read, or unpacked; a file that cannot be read is none.
	 */
	public static boolean isMrc(final Path path) {
		if (InputFile.problem(path, "a file").isPresent()) return false;
		final byte[] bytes;
		try (InputStream in = Compression.of(path).open(new BufferedInputStream(Files.newInputStream(path)))) {
			bytes = in.readNBytes(MrcHeader.LENGTH);
		}
		catch (final IOException | RuntimeException e) {
			// Damaged packing, which decoders answer with either.
			return false;
		}
		if (bytes.length < MrcHeader.LENGTH) return false;
		final MrcHeader header = ByteOrders.decide(bytes, Long.MAX_VALUE);
		return MrcExtent.of(header) != null && (header.map().startsWith("MAP") || ByteOrders.isPermutation(header.axes()));
	}

	/** Files of other formats that are named like MRC files, detected by their first bytes. */
	static final class ForeignFormat {

		private record Format(String magic, String problem) {}

		/** TIFF's tag of the compression, and the values that cameras of Thermo Fisher write for EER. */
		private static final int COMPRESSION = 259, FIRST_EER = 65000, LAST_EER = 65002;

		private static final List<Format> FORMATS = List.of(
			new Format("\u0089HDF\r\n\u001a\n", "is an HDF5 file. Convert it, such as with EMAN2's e2proc2d.py."),
			new Format("\u0089PNG", "is a PNG picture. Open it in Fiji and save it as MRC."),
			new Format("\u001f\u008b", "is packed with gzip. Give its name the ending .gz."),
			new Format("BZh", "is packed with bzip2. Give its name the ending .bz2."),
			new Format("PK\u0003\u0004", "is a zip archive. Unpack it."),
			new Format("\u0093NUMPY", "is a file of NumPy. Save it with mrcfile, or name it .cs if cryoSPARC wrote it."),
			new Format("\0\0\0\u0004\0\0\0\0", "is a file of DigitalMicrograph (dm4). Open it in Fiji and save it as MRC."));

		private ForeignFormat() {}

		/** The fault of a file and its remedy, to follow the file's name in a message; empty if it may be an MRC file. */
		static Optional<String> problem(final MrcSource source) {
			final byte[] start = source.read(0, (int) Math.min(16, source.length()));
			if (isTiff(start)) return Optional.of(isEer(source, start)
				? "is an EER movie, not an MRC file. Add its frames up first, such as with RELION's motion correction."
				: "is a TIFF file, not an MRC file. Open it in Fiji and save it as MRC.");
			for (final Format format : FORMATS) if (begins(start, format.magic)) return Optional.of(format.problem);
			return Optional.empty();
		}

		private static boolean begins(final byte[] start, final String magic) {
			if (start.length < magic.length()) return false;
			for (int i = 0; i < magic.length(); i++) if ((start[i] & 0xff) != magic.charAt(i)) return false;
			return true;
		}

		/** TIFF or BigTIFF of either byte order. */
		private static boolean isTiff(final byte[] start) {
			return begins(start, "II*\0") || begins(start, "II+\0") || begins(start, "MM\0*") || begins(start, "MM\0+");
		}

		private static boolean isEer(final MrcSource source, final byte[] start) {
			final ByteBuffer head = ByteBuffer.wrap(start).order(start[0] == 'I' ? ByteOrder.LITTLE_ENDIAN
				: ByteOrder.BIG_ENDIAN);
			final boolean large = head.getShort(2) == 43;
			if (start.length < 16) return false;
			final long directory = large ? head.getLong(8) : head.getInt(4) & 0xffffffffL;
			final int counter = large ? 8 : 2, entry = large ? 20 : 12;
			if (directory <= 0 || directory > source.length() - counter) return false;
			final ByteBuffer count = ByteBuffer.wrap(source.read(directory, counter)).order(head.order());
			final long entries = large ? count.getLong() : count.getShort() & 0xffff;
			if (entries < 0 || entries > 4096 || directory + counter + entries * entry > source.length()) return false;
			final ByteBuffer tags = ByteBuffer.wrap(source.read(directory + counter, (int) entries * entry)).order(head
				.order());
			for (int i = 0; i < entries; i++) {
				final int value = tags.getShort(i * entry + (large ? 12 : 8)) & 0xffff;
				if ((tags.getShort(i * entry) & 0xffff) == COMPRESSION) return value >= FIRST_EER && value <= LAST_EER;
			}
			return false;
		}
	}

	/**
	 * Decides a file's byte order by which one makes sense of the header. The
	 * machine stamp alone is not to be trusted: real files have it absent or wrong.
	 */
	static final class ByteOrders {

		private ByteOrders() {}

		/**
		 * The header in the order that is more plausible.
		 *
		 * @param fileLength bytes of the file, or an upper bound
		 */
		static MrcHeader decide(final byte[] bytes, final long fileLength) {
			final MrcHeader little = new MrcHeader(bytes, ByteOrder.LITTLE_ENDIAN);
			final MrcHeader big = new MrcHeader(bytes, ByteOrder.BIG_ENDIAN);
			return plausibility(big, fileLength) > plausibility(little, fileLength) ? big : little;
		}

		/** The order that the machine stamp stands for, or null if it is unknown. */
		static ByteOrder ofStamp(final int machst) {
			final int stamp = machst >>> 16;
			if (stamp == 0x4444 || stamp == 0x4441) return ByteOrder.LITTLE_ENDIAN;
			if (stamp == 0x1111) return ByteOrder.BIG_ENDIAN;
			return null;
		}

		/** Whether mapc, mapr, maps are 1, 2, 3 in some order. */
		static boolean isPermutation(final int[] axes) {
			int seen = 0;
			for (final int axis : axes) if (axis >= 1 && axis <= 3) seen |= 1 << axis;
			return seen == 0b1110;
		}

		// Each line outweighs all that follow it; the stamp only breaks a tie.
		private static int plausibility(final MrcHeader header, final long fileLength) {
			final MrcExtent extent = MrcExtent.of(header);
			int score = 0;
			if (extent != null && extent.fileBytes() <= fileLength) score += 16;
			if (MrcMode.ofCode(header.mode()) != null || MrcMode.isTransform(header.mode())) score += 8;
			if (isPermutation(header.axes())) score += 4;
			if (extent != null) score += 2;
			if (ofStamp(header.machst()) == header.byteOrder()) score += 1;
			return score;
		}
	}
}
