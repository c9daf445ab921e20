package io.github.clearice.mrc;

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
}
