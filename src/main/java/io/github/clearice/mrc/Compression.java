package io.github.clearice.mrc;

import io.github.clearice.task.InputException;
import io.github.clearice.task.TemporaryFolder;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How a file is packed, told by its first bytes rather than by its name. */
enum Compression {

	NONE {

		@Override
		InputStream open(final InputStream packed) {
			return packed;
		}
	},
	GZIP {

		@Override
		InputStream open(final InputStream packed) throws IOException {
			return new GZIPInputStream(packed, BUFFER);
		}
	},
	BZIP2 {

		@Override
		InputStream open(final InputStream packed) throws IOException {
			return new BZip2CompressorInputStream(packed, true);
		}
	};

	private static final int BUFFER = 1 << 16;

	abstract InputStream open(InputStream packed) throws IOException;

	static Compression of(final Path path) {
		try (InputStream in = Files.newInputStream(path)) {
			final byte[] magic = in.readNBytes(4);
			if (magic.length >= 3 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b && magic[2] == 8) return GZIP;
			if (magic.length == 4 && magic[0] == 'B' && magic[1] == 'Z' && magic[2] == 'h' && magic[3] >= '1' &&
				magic[3] <= '9') return BZIP2;
			return NONE;
		}
		catch (final IOException e) {
			throw MrcSource.unreadable(path, e);
		}
	}

	/**
	 * Unpacks into a temporary file, of which the header's own promise is the
	 * bound: at most one byte more, which tells a file that is too long.
	 *
	 * @return the temporary file, or null where nothing is packed
	 */
	Path unpack(final Path path) {
		if (this == NONE) return null;
		Path temporary = null;
		boolean done = false;
		try (InputStream in = open(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
			final byte[] header = in.readNBytes(MrcHeader.LENGTH);
			temporary = TemporaryFolder.newFile("unpacked", ".mrc");
			try (OutputStream out = Files.newOutputStream(temporary)) {
				out.write(header);
				if (header.length == MrcHeader.LENGTH) copy(path, in, out, declaredSize(header) + 1 - MrcHeader.LENGTH,
					temporary);
			}
			done = true;
			return temporary;
		}
		catch (final IOException | RuntimeException e) {
			if (e instanceof InputException) throw (InputException) e;
			// The bzip2 decoder answers some damage with unchecked exceptions.
			throw InputException.of(path, "cannot be unpacked (" + e.getMessage() +
				"): the compressed file is damaged or cut short, or the temporary folder " + System.getProperty(
					"java.io.tmpdir") + " is full. Fetch it again or unpack it by hand.", e);
		}
		finally {
			if (!done && temporary != null) temporary.toFile().delete();
		}
	}

	private static long declaredSize(final byte[] header) {
		final MrcExtent extent = MrcExtent.of(ByteOrders.decide(header, Long.MAX_VALUE));
		return extent == null ? MrcHeader.LENGTH : extent.fileBytes();
	}

	private static void copy(final Path path, final InputStream in, final OutputStream out, final long limit,
		final Path temporary) throws IOException
	{
		final long room = Files.getFileStore(temporary).getUsableSpace();
		final byte[] buffer = new byte[BUFFER];
		long left = limit;
		while (left > 0) {
			final int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
			if (count < 0) return;
			if (limit - left + count > room) throw InputException.of(path, "unpacked it does not fit the temporary folder (" +
				room + " bytes free). Free some space there or unpack it by hand.");
			out.write(buffer, 0, count);
			left -= count;
		}
	}
}
