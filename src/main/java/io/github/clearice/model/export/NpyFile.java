package io.github.clearice.model.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An array in NumPy's format, version 1.0: little-endian float32, the last axis running fastest. */
final class NpyFile {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0 };
	/** The numbers begin at a multiple of it. */
	private static final int ALIGNMENT = 64;

	private NpyFile() {}

	static byte[] bytes(final float[] values, final int... shape) {
		final String lengths = Arrays.stream(shape).mapToObj(length -> length + ",").collect(Collectors.joining(" "));
		final String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + lengths + "), }";
		final int before = MAGIC.length + Short.BYTES, unpadded = before + header.length() + 1;
		final int begin = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
		final ByteBuffer bytes = ByteBuffer.allocate(begin + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.put(MAGIC).putShort((short) (begin - before)).put(header.getBytes(StandardCharsets.US_ASCII));
		while (bytes.position() < begin - 1) bytes.put((byte) ' ');
		bytes.put((byte) '\n').asFloatBuffer().put(values);
		return bytes.array();
	}
}
