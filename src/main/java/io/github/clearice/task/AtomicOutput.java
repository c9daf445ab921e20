package io.github.clearice.task;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears under its final name only when it is complete.
 * <p>
 * Work goes to a temporary file beside the target; {@link #commit()} renames it.
 * Closing without a commit deletes it, so a failure leaves the old file whole
 * and nothing half-written.
 */
public final class AtomicOutput implements AutoCloseable {

	private final Path target;
	private final Path temporary;
	private boolean committed;

	/**
	 * Creates the temporary file, and the target's folder where it is missing.
	 *
	 * @throws OutputException if the folder cannot be written to
	 */
	public AtomicOutput(final Path target) {
		this.target = target.toAbsolutePath();
		if (Files.isDirectory(this.target)) throw new OutputException("Cannot write " + target +
			": it is a folder. Name a file.");
		// Renaming would put a file in place of the device, which root may do.
		if (Files.exists(this.target) && !Files.isRegularFile(this.target)) throw new OutputException("Cannot write " +
			target + ": it is a pipe or device. Name a file.");
		final Path folder = this.target.getParent();
		try {
			if (folder != null) Files.createDirectories(folder);
			// Not createTempFile: its files are closed to the group, and the output would stay so.
			temporary = Files.createFile(folder.resolve("." + this.target.getFileName() + "-" + Long.toHexString(
				ThreadLocalRandom.current().nextLong()) + ".part"));
		}
		catch (final FileAlreadyExistsException e) {
			throw new OutputException("Cannot write " + target + ": " + e.getFile() +
				" is a file, not a folder. Choose another output.", e);
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
	}

	/** Where to write until {@link #commit()}. */
	public Path temporary() {
		return temporary;
	}

	/**
	 * Gives the finished file its final name, replacing an older one.
	 *
	 * @throws OutputException if the file cannot be renamed
	 */
	public void commit() {
		try {
			try {
				Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
			}
			committed = true;
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
	}

	/** Deletes the temporary file unless it was committed. */
	@Override
	public void close() {
		if (committed) return;
		try {
			Files.deleteIfExists(temporary);
		}
		catch (final IOException e) {
			throw OutputException.of(temporary, e);
		}
	}
}
