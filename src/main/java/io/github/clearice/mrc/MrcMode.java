package io.github.clearice.mrc;

/** How MRC2014 stores a pixel: the modes that hold images. */
public enum MrcMode {

	/** 8-bit integers: signed in MRC2014, unsigned in many older files. */
	INT8(0, 8, -128, 127),
	/** Signed 16-bit integers. */
	INT16(1, 16, Short.MIN_VALUE, Short.MAX_VALUE),
	/** IEEE 754 single precision. */
	FLOAT32(2, 32, -Float.MAX_VALUE, Float.MAX_VALUE),
	/** Unsigned 16-bit integers. */
	UINT16(6, 16, 0, 65535),
	/** IEEE 754 half precision. */
	FLOAT16(12, 16, -HalfFloat.LARGEST, HalfFloat.LARGEST),
	/** Unsigned 4-bit integers, two in a byte, the left pixel in the low half; each row begins a new byte. */
	UINT4(101, 4, 0, 15);

	/** The modes of the names above, for messages. */
	static final String KNOWN = "0, 1, 2, 6, 12 or 101";

	private final int code;
	private final int bits;
	private final double smallest;
	private final double largest;

	MrcMode(final int code, final int bits, final double smallest, final double largest) {
		this.code = code;
		this.bits = bits;
		this.smallest = smallest;
		this.largest = largest;
	}

	/** The number in the header. */
	public int code() {
		return code;
	}

	/** The smallest value that can be written. */
	public double smallest() {
		return smallest;
	}

	/** The largest value that can be written. */
	public double largest() {
		return largest;
	}

	/** Bytes of a row of pixels. */
	public long rowBytes(final int columns) {
		return ((long) columns * bits + 7) / 8;
	}

	/** The mode of a header's number, or null where it is none of these. */
	static MrcMode ofCode(final int code) {
		for (final MrcMode mode : values()) if (mode.code == code) return mode;
		return null;
	}

	/** Whether the number stands for a Fourier transform (complex numbers). */
	static boolean isTransform(final int code) {
		return code == 3 || code == 4;
	}
}
