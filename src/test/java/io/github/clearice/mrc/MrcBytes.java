package io.github.clearice.mrc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An MRC file made by hand, so that every field can be wrong. */
final class MrcBytes {

	final ByteBuffer bytes;
	private final int extended;

	/** A valid header, an extended header of zeros, and room for pixels. */
	MrcBytes(final ByteOrder order, final int mode, final int nx, final int ny, final int nz, final int extended,
		final int dataBytes)
	{
		this.extended = extended;
		bytes = ByteBuffer.allocate(1024 + extended + dataBytes).order(order);
		word(1, nx).word(2, ny).word(3, nz).word(4, mode);
		word(8, nx).word(9, ny).word(10, nz);
		real(11, 2f * nx).real(12, 2f * ny).real(13, 2f * nz);
		for (int i = 14; i < 17; i++) real(i, 90);
		for (int i = 0; i < 3; i++) word(17 + i, i + 1);
		real(20, 0).real(21, -1).real(22, -2);
		word(23, 1).word(24, extended).word(28, 20141);
		text(208, "MAP ");
		stamp(order == ByteOrder.BIG_ENDIAN ? 0x11110000 : 0x44440000);
		real(55, -1);
	}

	/** A little-endian float volume whose voxels count up from 0. */
	static MrcBytes counting(final int nx, final int ny, final int nz) {
		return counting(ByteOrder.LITTLE_ENDIAN, nx, ny, nz);
	}

	static MrcBytes counting(final ByteOrder order, final int nx, final int ny, final int nz) {
		final MrcBytes file = new MrcBytes(order, 2, nx, ny, nz, 0, 4 * nx * ny * nz);
		for (int i = 0; i < nx * ny * nz; i++) file.bytes.putFloat(1024 + 4 * i, i);
		return file;
	}

	MrcBytes word(final int number, final int value) {
		bytes.putInt(4 * (number - 1), value);
		return this;
	}

	MrcBytes real(final int number, final double value) {
		bytes.putFloat(4 * (number - 1), (float) value);
		return this;
	}

	MrcBytes stamp(final int stamp) {
		for (int i = 0; i < 4; i++) bytes.put(212 + i, (byte) (stamp >>> (24 - 8 * i)));
		return this;
	}

	MrcBytes text(final int offset, final String text) {
		bytes.put(offset, text.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	/** Where the pixels begin. */
	int data() {
		return 1024 + extended;
	}

	Path write(final Path target) {
		try {
			return Files.write(target, bytes.array());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
