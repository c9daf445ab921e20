package io.github.clearice.mrc;

/** IEEE 754 half precision to and from {@code float}, which Java 17 does not offer. */
final class HalfFloat {

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
