package io.github.clearice.mrc;

import io.github.clearice.mrc.MrcHeader.MrcExtent;
import io.github.clearice.mrc.MrcProbe.ByteOrders;
import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.TemporaryFolder;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The bytes of an MRC file on disk, opened without ever waiting: only regular
 * files, or links to such. Compressed files are unpacked into a temporary file
 * that goes when this is closed.
 */
final class MrcSource implements AutoCloseable {

	private final Path path;
	private final RandomAccessFile file;
	private final long length;
	private final Path temporary;

	private MrcSource(final Path path, final RandomAccessFile file, final long length, final Path temporary) {
		this.path = path;
		this.file = file;
		this.length = length;
		this.temporary = temporary;
	}

	static MrcSource open(final Path path) {
		InputFile.problem(path, "an MRC file").ifPresent(problem -> {
			throw InputException.of(path, problem);
		});
		final Path temporary = Compression.of(path).unpack(path);
		try {
			// In a process of a cluster, names are relative to another folder than that where it was started.
			final RandomAccessFile file = new RandomAccessFile((temporary == null ? path : temporary).toAbsolutePath()
				.toFile(), "r");
			return new MrcSource(path, file, file.length(), temporary == null ? null : forget(temporary));
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	/** The file as the caller named it. */
	Path path() {
		return path;
	}

	RandomAccessFile file() {
		return file;
	}

	/** Bytes when it was opened, unpacked. */
	long length() {
		return length;
	}

	/** Reads a part of the file, which the caller knows to be there. */
	synchronized byte[] read(final long offset, final int count) {
		final byte[] bytes = new byte[count];
		try {
			file.seek(offset);
			file.readFully(bytes);
			return bytes;
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	@Override
	public void close() {
		try {
			file.close();
			if (temporary != null) Files.deleteIfExists(temporary);
		}
		catch (final IOException e) {
			// Where mapped files cannot be deleted, the temporary goes with the process.
			if (temporary != null) temporary.toFile().deleteOnExit();
		}
	}

	static InputException unreadable(final Path path, final IOException e) {
		return InputException.of(path, InputFile.unreadable(e), e);
	}

	// An open file outlives its name on POSIX systems, so that not even a kill leaves it behind.
	private static Path forget(final Path temporary) {
		try {
			Files.delete(temporary);
			return null;
		}
		catch (final IOException e) {
			return temporary;
		}
	}

	/** How a file is compressed, detected by its first bytes rather than its name. */
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
		 * Unpacks into a temporary file. The header's own size limits it to at most one byte more, which detects a file
		 * that is too long.
		 *
		 * @return the temporary file, or null if the file is not packed
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
				if (limit - left + count > room) throw InputException.of(path,
					"unpacked it does not fit the temporary folder (" +
					room + " bytes free). Free some space there or unpack it by hand.");
				out.write(buffer, 0, count);
				left -= count;
			}
		}
	}
}
