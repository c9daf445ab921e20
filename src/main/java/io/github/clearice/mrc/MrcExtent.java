package io.github.clearice.mrc;

/**
 * How many bytes a header promises, worked out without trusting it.
 *
 * @param headerBytes main and extended header
 * @param dataBytes pixels
 */
record MrcExtent(long headerBytes, long dataBytes) {

	/**
	 * The extent of a header, or null where it is none: unknown mode, a dimension
	 * below 1, a negative extended header, or more bytes than a file can have.
	 */
	static MrcExtent of(final MrcHeader header) {
		final long pixelRow;
		if (MrcMode.isTransform(header.mode())) {
			pixelRow = header.mode() == 3 ? 4L * header.nx() : 8L * header.nx();
		}
		else {
			final MrcMode mode = MrcMode.ofCode(header.mode());
			if (mode == null) return null;
			pixelRow = mode.rowBytes(header.nx());
		}
		if (header.nx() < 1 || header.ny() < 1 || header.nz() < 1 || header.nsymbt() < 0) return null;
		try {
			final long data = Math.multiplyExact(Math.multiplyExact(pixelRow, header.ny()), header.nz());
			final long headers = MrcHeader.LENGTH + (long) header.nsymbt();
			Math.addExact(data, headers);
			return new MrcExtent(headers, data);
		}
		catch (final ArithmeticException e) {
			return null;
		}
	}

	/** Bytes of the whole file. */
	long fileBytes() {
		return headerBytes + dataBytes;
	}
}
