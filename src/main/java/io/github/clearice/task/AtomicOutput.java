package io.github.clearice.task;

import io.github.clearice.task.Leftovers.OwnerMark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that appears under its final name only when it is complete.
 * <p>
 * Work goes to a temporary file beside the target; {@link #commit()} renames it.
 * Closing without a commit deletes it, and the folders that were made for it, so
 * a failure leaves the old file whole and nothing half-written.
 */
public final class AtomicOutput implements AutoCloseable {

	private static final String ENDING = ".part";

	private final Path target;
	private final Path temporary;
	private final List<Path> made = new ArrayList<>();
	/** Not in the other processes of a cluster: what they write between shared loops comes to nothing. */
	private final boolean appears;
	private boolean committed;

	/**
	 * Creates the temporary file, and the target's folder where it is missing.
	 *
	 * @throws OutputException if the folder cannot be written to, or the target is
	 *           a folder, a pipe or a device
	 */
	public AtomicOutput(final Path target) {
		this(target, Machines.current().writes());
	}

	private AtomicOutput(final Path target, final boolean appears) {
		this.appears = appears;
		this.target = target.toAbsolutePath();
		requireReplaceable(this.target, target);
		final Path folder = this.target.getParent();
		try {
			if (!appears) {
				temporary = TemporaryFolder.newFile("unused", ENDING);
				return;
			}
			for (Path missing = folder; missing != null && Files.notExists(missing); missing = missing.getParent()) {
				made.add(missing);
			}
			if (folder != null) Files.createDirectories(folder);
			Leftovers.removeOnce(folder);
			// Not createTempFile: its files are closed to the group, and the output would stay so.
			temporary = Files.createFile(folder.resolve("." + this.target.getFileName() + "-" + OwnerMark.next() + ENDING));
		}
		catch (final FileAlreadyExistsException e) {
			throw new OutputException("Cannot write " + target + ": " + e.getFile() +
				" is a file, not a folder. Choose another output.", e);
		}
		catch (final IOException e) {
			removeMade();
			throw OutputException.of(target, e);
		}
	}

	/**
	 * A file that every process of a cluster needs for itself, such as an unpacked library.
	 *
	 * @throws OutputException as above
	 */
	public static AtomicOutput ofEachProcess(final Path target) {
		return new AtomicOutput(target, true);
	}

	/**
	 * Checks that a file may take this name: nothing is there, or a file to be
	 * replaced.
	 *
	 * @param shown the name as the user gave it
	 * @throws OutputException if a folder, a pipe or a device is there
	 */
	public static void requireReplaceable(final Path target, final Path shown) {
		if (Files.isDirectory(target)) throw new OutputException("Cannot write " + shown +
			": it is a folder. Name a file.");
		// Renaming would put a file in place of the device, which root may do.
		if (Files.exists(target) && !Files.isRegularFile(target)) throw new OutputException("Cannot write " + shown +
			": it is a pipe or device. Name a file.");
	}

	/** Whether two names lead to one file, so that writing one would replace the other. */
	public static boolean isSame(final Path first, final Path second) {
		try {
			return Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second);
		}
		catch (final IOException e) {
			// Where the file system cannot tell, the names decide.
			return first.toAbsolutePath().normalize().equals(second.toAbsolutePath().normalize());
		}
	}

	/**
	 * Checks that a file can be written here, before the work whose result it is to
	 * hold. Nothing is left there.
	 *
	 * @throws OutputException if it cannot
	 */
	public static void requireWritable(final Path target) {
		new AtomicOutput(target).close();
	}

	/**
	 * Deletes a file if it is there.
	 *
	 * @throws OutputException if it cannot be deleted
	 */
	public static void delete(final Path file) {
		try {
			if (Machines.current().writes() && Files.deleteIfExists(file)) FileSync.names(file.toAbsolutePath().getParent());
		}
		catch (final IOException e) {
			throw OutputException.of(file, e);
		}
	}

	/** Where to write until {@link #commit()}. */
	public Path temporary() {
		return temporary;
	}

	/**
	 * Gives the finished file its final name, replacing an older one. Both the file and its name are on the disk then.
	 *
	 * @throws OutputException if the file cannot be renamed
	 */
	public void commit() {
		if (!appears) return;
		try {
			FileSync.content(temporary);
			try {
				Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
			}
			committed = true;
			FileSync.names(target.getParent());
			for (final Path folder : made) if (folder.getParent() != null) FileSync.names(folder.getParent());
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
		removeMade();
	}

	private void removeMade() {
		try {
			for (final Path folder : made) Files.deleteIfExists(folder);
		}
		catch (final DirectoryNotEmptyException e) {
			// Somebody else has put files there in the meantime: they are theirs.
			return;
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
	}

	/** Brings files to the disk itself, so that a power cut does not undo finished work. */
	static final class FileSync {

		private FileSync() {}

		/** The contents of a file, which must be there before its name is. */
		static void content(final Path file) throws IOException {
			try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
				channel.force(true);
			}
		}

		/** The names in a folder. */
		static void names(final Path folder) {
			try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
				channel.force(true);
			}
			catch (final IOException e) {
				// Windows and some network disks do not open folders; they order renames themselves.
			}
		}
	}
}
