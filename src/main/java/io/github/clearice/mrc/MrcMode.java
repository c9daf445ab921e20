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

	/** IEEE 754 half precision to and from {@code float}, which Java 17 does not offer. */
	static final class HalfFloat {

		/** The largest finite value. */
		static final float LARGEST = 65504;

		private HalfFloat() {}

		/** Exact. */
		static float toFloat(final short half) {
			final int sign = (half & 0x8000) << 16;
			final int exponent = (half >> 10) & 0x1f;
			final int mantissa = half & 0x3ff;
			if (exponent == 0) {
				// Subnormals are multiples of 2^-24, which a float holds exactly.
				final float magnitude = mantissa * 0x1p-24f;
				return sign == 0 ? magnitude : -magnitude;
			}
			if (exponent == 0x1f) return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << 13);
			return Float.intBitsToFloat(sign | (exponent + 112) << 23 | mantissa << 13);
		}

		/** Rounds to the nearest, ties to even; from 65520 on the result is infinite. */
		static short fromFloat(final float value) {
			final int bits = Float.floatToRawIntBits(value);
			final int sign = (bits >>> 16) & 0x8000;
			final int magnitude = bits & 0x7fffffff;
			if (magnitude > 0x7f800000) return (short) (sign | 0x7e00);
			if (magnitude >= 0x47800000) return (short) (sign | 0x7c00);
			if (magnitude < 0x38800000) {
				// Below 2^-14: Math.rint rounds the multiple of 2^-24, ties to even.
				return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
			}
			final int rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
			return (short) (sign | (rounded - 0x38000000) >>> 13);
		}
	}
}
