package io.github.clearice.mrc;

import java.nio.ByteOrder;

/**
 * Decides a file's byte order by which one makes sense of the header. The
 * machine stamp alone is not to be trusted: real files have it absent or wrong.
 */
final class ByteOrders {

	private ByteOrders() {}

	/**
	 * The header in the order that is more plausible.
	 *
	 * @param fileLength bytes of the file, or an upper bound
	 */
	static MrcHeader decide(final byte[] bytes, final long fileLength) {
		final MrcHeader little = new MrcHeader(bytes, ByteOrder.LITTLE_ENDIAN);
		final MrcHeader big = new MrcHeader(bytes, ByteOrder.BIG_ENDIAN);
		return plausibility(big, fileLength) > plausibility(little, fileLength) ? big : little;
	}

	/** The order that the machine stamp stands for, or null where it is none of the known ones. */
	static ByteOrder ofStamp(final int machst) {
		final int stamp = machst >>> 16;
		if (stamp == 0x4444 || stamp == 0x4441) return ByteOrder.LITTLE_ENDIAN;
		if (stamp == 0x1111) return ByteOrder.BIG_ENDIAN;
		return null;
	}

	/** Whether mapc, mapr, maps are 1, 2, 3 in some order. */
	static boolean isPermutation(final int[] axes) {
		int seen = 0;
		for (final int axis : axes) if (axis >= 1 && axis <= 3) seen |= 1 << axis;
		return seen == 0b1110;
	}

	// Each line outweighs all that follow it; the stamp only breaks a tie.
	private static int plausibility(final MrcHeader header, final long fileLength) {
		final MrcExtent extent = MrcExtent.of(header);
		int score = 0;
		if (extent != null && extent.fileBytes() <= fileLength) score += 16;
		if (MrcMode.ofCode(header.mode()) != null || MrcMode.isTransform(header.mode())) score += 8;
		if (isPermutation(header.axes())) score += 4;
		if (extent != null) score += 2;
		if (ofStamp(header.machst()) == header.byteOrder()) score += 1;
		return score;
	}
}
