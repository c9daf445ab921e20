package io.github.clearice.mrc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The 1024 bytes that begin an MRC file, decoded but not judged.
 * <p> The accessors carry the names of the MRC2014 specification and return the file's values, however absurd; {@link
 * MrcFile} interprets them. Unchangeable.
 */
public final class MrcHeader {

	/** Bytes of the main header. */
	public static final int LENGTH = 1024;

	/** The mark that IMOD's programs write into word 39 to announce their flags in word 40. */
	static final int IMOD_STAMP = 1146047817;

	static final int LABELS = 10;
	static final int LABEL_LENGTH = 80;

	private final ByteBuffer bytes;

	/** @param bytes at least {@link #LENGTH} bytes, which are copied */
	MrcHeader(final byte[] bytes, final ByteOrder order) {
		final ByteBuffer copy = ByteBuffer.allocate(LENGTH);
		copy.put(bytes, 0, LENGTH);
		this.bytes = copy.asReadOnlyBuffer().order(order);
	}

	/** Byte order of the header and the pixels. */
	public ByteOrder byteOrder() {
		return bytes.order();
	}

	/** Columns: the fastest axis in the file. */
	public int nx() {
		return word(1);
	}

	/** Rows. */
	public int ny() {
		return word(2);
	}

	/** Sections: the slowest axis in the file. */
	public int nz() {
		return word(3);
	}

	/** Number of the pixel type; see {@link MrcMode}. */
	public int mode() {
		return word(4);
	}

	/** nxstart, nystart, nzstart: where the first column, row and section lie in the unit cell, in voxels. */
	public int[] start() {
		return words(5);
	}

	/** mx, my, mz: voxels of the unit cell along X, Y, Z. */
	public int[] sampling() {
		return words(8);
	}

	/** cella: the unit cell along X, Y, Z in Å. */
	public float[] cellAngstrom() {
		return reals(11);
	}

	/** cellb: alpha, beta, gamma of the unit cell in degrees. */
	public float[] cellAnglesDegree() {
		return reals(14);
	}

	/** mapc, mapr, maps: the spatial axis (1 X, 2 Y, 3 Z) of columns, rows and sections. */
	public int[] axes() {
		return words(17);
	}

	/** Smallest pixel; larger than {@link #dmax()} where unknown. */
	public float dmin() {
		return real(20);
	}

	/** Largest pixel. */
	public float dmax() {
		return real(21);
	}

	/** Mean of the pixels; smaller than both {@link #dmin()} and {@link #dmax()} where unknown. */
	public float dmean() {
		return real(22);
	}

	/** Space group: 0 images, 1 a volume, 401 to 630 a stack of volumes. */
	public int ispg() {
		return word(23);
	}

	/** Bytes of the extended header. */
	public int nsymbt() {
		return word(24);
	}

	/** Type of the extended header, such as CCP4 or FEI1. */
	public String exttyp() {
		return text(104, 4);
	}

	/** Version of the format: year times 10 plus a number; 20140 or 20141. */
	public int nversion() {
		return word(28);
	}

	/** Phase origin or origin of the subvolume along X, Y, Z. */
	public float[] origin() {
		return reals(50);
	}

	/** {@code "MAP "} in every file since the year 2000. */
	public String map() {
		return text(208, 4);
	}

	/** The machine stamp's four bytes, the first the highest. */
	public int machst() {
		return bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(212);
	}

	/** Standard deviation of the pixels; negative where unknown. */
	public float rms() {
		return real(55);
	}

	/** Number of labels in use, as the header says. */
	public int nlabl() {
		return word(56);
	}

	/** The ten labels, trimmed; unused ones are empty. */
	public List<String> labels() {
		final List<String> labels = new ArrayList<>(LABELS);
		for (int i = 0; i < LABELS; i++) labels.add(text(224 + i * LABEL_LENGTH, LABEL_LENGTH).strip());
		return labels;
	}

	/** Whether IMOD wrote this header, so that {@link #imodFlags()} mean something. */
	public boolean hasImodStamp() {
		return word(39) == IMOD_STAMP;
	}

	/** IMOD's flags: bit 0 bytes are signed, bit 4 bytes hold two 4-bit values. */
	public int imodFlags() {
		return word(40);
	}

	/**
	 * Whether mode 0 holds unsigned bytes: where IMOD says so, or where the
	 * statistics (dmin from 0, dmax above 127) leave no other reading. MRC2014
	 * itself means signed bytes.
	 */
	public boolean hasUnsignedBytes() {
		if (hasImodStamp()) return (imodFlags() & 1) == 0;
		return dmin() >= 0 && dmax() > 127 && dmax() <= 255;
	}

	/** A copy of the bytes. */
	byte[] toBytes() {
		final byte[] copy = new byte[LENGTH];
		bytes.duplicate().get(0, copy);
		return copy;
	}

	private int word(final int number) {
		return bytes.getInt(4 * (number - 1));
	}

	private int[] words(final int number) {
		return new int[] { word(number), word(number + 1), word(number + 2) };
	}

	private float real(final int number) {
		return bytes.getFloat(4 * (number - 1));
	}

	private float[] reals(final int number) {
		return new float[] { real(number), real(number + 1), real(number + 2) };
	}

	private String text(final int offset, final int length) {
		final byte[] text = new byte[length];
		bytes.duplicate().get(offset, text);
		int end = 0;
		while (end < length && text[end] != 0) end++;
		return new String(text, 0, end, StandardCharsets.ISO_8859_1);
	}

	/**
	 * How many bytes a header promises, worked out without trusting it.
	 *
	 * @param headerBytes main and extended header
	 * @param dataBytes pixels
	 */
	record MrcExtent(long headerBytes, long dataBytes) {

		/**
		 * The extent of a header, or null where it is none: unknown mode, a dimension
		 * below 1, a negative extended header, or more bytes than a file can have.
		 */
		static MrcExtent of(final MrcHeader header) {
			final long pixelRow;
			if (MrcMode.isTransform(header.mode())) {
				pixelRow = header.mode() == 3 ? 4L * header.nx() : 8L * header.nx();
			}
			else {
				final MrcMode mode = MrcMode.ofCode(header.mode());
				if (mode == null) return null;
				pixelRow = mode.rowBytes(header.nx());
			}
			if (header.nx() < 1 || header.ny() < 1 || header.nz() < 1 || header.nsymbt() < 0) return null;
			try {
				final long data = Math.multiplyExact(Math.multiplyExact(pixelRow, header.ny()), header.nz());
				final long headers = MrcHeader.LENGTH + (long) header.nsymbt();
				Math.addExact(data, headers);
				return new MrcExtent(headers, data);
			}
			catch (final ArithmeticException e) {
				return null;
			}
		}

		/** Bytes of the whole file. */
		long fileBytes() {
			return headerBytes + dataBytes;
		}
	}
}
