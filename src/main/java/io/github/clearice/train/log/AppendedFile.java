package io.github.clearice.train.log;

import io.github.clearice.task.Machines;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows by whole records. It is opened for each record, so records survive when the program is killed. A
 * record that a full disk cut short is removed before the next.
 */
public final class AppendedFile {

	private final Path file;
	private long length;
	private long lastLength;
	/** Not in the other processes of a cluster. */
	private final boolean appears = Machines.current().writes();

	/**
	 * Goes on with a file that is there.
	 *
	 * @throws OutputException if it cannot be read
	 */
	public AppendedFile(final Path file) {
		this.file = file;
		try {
			length = Files.size(file);
			lastLength = length;
		}
		catch (final IOException e) {
			throw OutputException.of(file, e);
		}
	}

	/**
	 * Begins a file, in place of one that is there.
	 *
	 * @throws OutputException if it cannot be written
	 */
	public AppendedFile(final Path file, final byte[] beginning) {
		this.file = file;
		try {
			if (appears) Files.write(file, beginning);
			length = beginning.length;
			lastLength = length;
		}
		catch (final IOException e) {
			throw OutputException.of(file, e);
		}
	}

	/** @throws OutputException if the record cannot be written whole, or the file is gone */
	public void append(final byte[] record) {
		write(length, record);
	}

	/**
	 * Puts a record in the place of the last that was appended.
	 *
	 * @throws OutputException as {@link #append}; the last record is lost then
	 */
	void replaceLast(final byte[] record) {
		length = lastLength;
		write(length, record);
	}

	private void write(final long position, final byte[] record) {
		if (!appears) return;
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.truncate(position);
			channel.position(position);
			final ByteBuffer bytes = ByteBuffer.wrap(record);
			while (bytes.hasRemaining()) channel.write(bytes);
			lastLength = position;
			length = position + record.length;
		}
		catch (final IOException e) {
			throw OutputException.of(file, e);
		}
	}
}
