package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.mrc.MrcMode.HalfFloat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;

/** Half precision against numpy, by checksums of many values. */
class HalfFloatTest {

	/**
	 * {@code h = np.arange(65536, dtype='u2').view('f2'); h = h[np.isfinite(h)];
	 * zlib.crc32(h.astype('<f4').tobytes())}
	 */
	@Test
	void widensEveryFiniteValueAsNumpyDoes() {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * 65536).order(ByteOrder.LITTLE_ENDIAN);
		for (int half = 0; half < 65536; half++) {
			final float value = HalfFloat.toFloat((short) half);
			if (Float.isFinite(value)) bytes.putFloat(value);
		}
		assertEquals(2305703571L, crc(bytes));
	}

	/**
	 * {@code b = (np.arange(200000, dtype='u8') * 42949 % 2**32).astype('u4').view('f4');
	 * b = b[np.isfinite(b) & (abs(b) < 65520)]; zlib.crc32(b.astype('<f2').tobytes())}
	 */
	@Test
	void roundsAsNumpyDoes() {
		final ByteBuffer bytes = ByteBuffer.allocate(2 * 200_000).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < 200_000; i++) {
			final float value = Float.intBitsToFloat((int) (i * 42949L));
			if (Float.isFinite(value) && Math.abs(value) < 65520) bytes.putShort(HalfFloat.fromFloat(value));
		}
		assertEquals(361837572L, crc(bytes));
	}

	@Test
	void roundsEveryHalfwayValueToEven() {
		for (int half = 0; half < 0x7bff; half++) {
			final float middle = (HalfFloat.toFloat((short) half) + HalfFloat.toFloat((short) (half + 1))) / 2;
			assertEquals(half % 2 == 0 ? half : half + 1, HalfFloat.fromFloat(middle));
		}
	}

	@Test
	void keepsValuesThatAreNotNumbers() {
		assertEquals(Float.NaN, HalfFloat.toFloat(HalfFloat.fromFloat(Float.NaN)));
		assertEquals(Float.POSITIVE_INFINITY, HalfFloat.toFloat(HalfFloat.fromFloat(65520)));
		assertEquals(Float.NEGATIVE_INFINITY, HalfFloat.toFloat(HalfFloat.fromFloat(-1e9f)));
		assertEquals(65504, HalfFloat.toFloat(HalfFloat.fromFloat(65519.9f)));
	}

	private static long crc(final ByteBuffer bytes) {
		final CRC32 crc = new CRC32();
		crc.update(bytes.array(), 0, bytes.position());
		return crc.getValue();
	}
}
