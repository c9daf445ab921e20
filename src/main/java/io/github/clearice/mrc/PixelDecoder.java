package io.github.clearice.mrc;

import io.github.clearice.mrc.MrcMode.HalfFloat;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** Turns stored pixels into {@code float}, a block of rows at once. */
final class PixelDecoder {

	private final MrcMode mode;
	private final boolean unsignedBytes;
	private final int columns;

	PixelDecoder(final MrcMode mode, final boolean unsignedBytes, final int columns) {
		this.mode = mode;
		this.unsignedBytes = unsignedBytes;
		this.columns = columns;
	}

	/**
	 * Decodes all rows of a block.
	 *
	 * @param block in the byte order of the file
	 * @param into receives the pixels
	 * @param at index of the first
	 * @param count number of pixels, a multiple of the columns
	 */
	void decode(final ByteBuffer block, final float[] into, final int at, final int count) {
		switch (mode) {
			case FLOAT32 -> block.asFloatBuffer().get(into, at, count);
			case FLOAT16 -> {
				final ShortBuffer halves = block.asShortBuffer();
				for (int i = 0; i < count; i++) into[at + i] = HalfFloat.toFloat(halves.get(i));
			}
			case INT16 -> {
				final ShortBuffer shorts = block.asShortBuffer();
				for (int i = 0; i < count; i++) into[at + i] = shorts.get(i);
			}
			case UINT16 -> {
				final ShortBuffer shorts = block.asShortBuffer();
				for (int i = 0; i < count; i++) into[at + i] = shorts.get(i) & 0xffff;
			}
			case INT8 -> {
				final int mask = unsignedBytes ? 0xff : -1;
				for (int i = 0; i < count; i++) into[at + i] = block.get(i) & mask;
			}
			case UINT4 -> decodeNibbles(block, into, at, count / columns);
		}
	}

	private void decodeNibbles(final ByteBuffer block, final float[] into, final int at, final int rows) {
		final int rowBytes = (int) mode.rowBytes(columns);
		for (int y = 0; y < rows; y++) for (int x = 0; x < columns; x++) {
			into[at + y * columns + x] = nibble(block.get(y * rowBytes + x / 2), x);
		}
	}

	/** The pixel of column x in its byte: even columns lie in the low half. */
	static int nibble(final byte pair, final int x) {
		return x % 2 == 0 ? pair & 15 : (pair >> 4) & 15;
	}

	/**
	 * Turns {@code float} pixels into stored ones. Whole numbers are rounded to the nearest, ties to even; half precision
	 * likewise. Nothing is clipped: values that do not fit are refused.
	 */
	static final class PixelEncoder {

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
}
