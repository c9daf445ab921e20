package io.github.clearice.mrc;

import java.nio.ByteBuffer;

/**
 * Turns {@code float} pixels into stored ones. Whole numbers are rounded to the
 * nearest, ties to even; half precision likewise. Nothing is clipped: what does
 * not fit is refused.
 */
final class PixelEncoder {

	private final MrcMode mode;

	PixelEncoder(final MrcMode mode) {
		this.mode = mode;
	}

	/** The value that a reader of the file will see: infinite where half precision cannot hold it. */
	float stored(final float value) {
		if (mode == MrcMode.FLOAT32) return value;
		if (mode == MrcMode.FLOAT16) return HalfFloat.toFloat(HalfFloat.fromFloat(value));
		// Whole numbers have no negative zero.
		return (float) Math.rint(value) + 0f;
	}

	/** Whether a stored value lies in the range of the mode. */
	boolean fits(final float stored) {
		return stored >= mode.smallest() && stored <= mode.largest();
	}

	/** Bytes of a pixel. */
	int pixelBytes() {
		return (int) mode.rowBytes(1);
	}

	/** Appends stored values in the byte order of the buffer. */
	void encode(final float[] stored, final int from, final int count, final ByteBuffer out) {
		switch (mode) {
			case FLOAT32 -> {
				out.asFloatBuffer().put(stored, from, count);
				out.position(out.position() + 4 * count);
			}
			case FLOAT16 -> {
				for (int i = from; i < from + count; i++) out.putShort(HalfFloat.fromFloat(stored[i]));
			}
			case INT16, UINT16 -> {
				for (int i = from; i < from + count; i++) out.putShort((short) (int) stored[i]);
			}
			case INT8 -> {
				for (int i = from; i < from + count; i++) out.put((byte) (int) stored[i]);
			}
			case UINT4 -> throw new IllegalStateException("Mode 101 is not written.");
		}
	}
}
