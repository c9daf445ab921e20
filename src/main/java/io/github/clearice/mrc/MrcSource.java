package io.github.clearice.mrc;

import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

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
			final RandomAccessFile file = new RandomAccessFile((temporary == null ? path : temporary).toFile(), "r");
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
}
