package io.github.clearice.task;

import io.github.clearice.task.Leftovers.OwnerMark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for files that nobody else shall see, deleted with all that is in it when it is closed or the program ends.
 * Where the program was killed, the next one that makes such a folder deletes it.
 */
public final class TemporaryFolder implements AutoCloseable {

	private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

	private static boolean prepared;

	private final Path path;
	/** Whether a machine that joins later may look for the files in here: they stay until the program ends. */
	private final boolean shared;

	/**
	 * Makes the folder, open to the user alone, among the system's temporary files.
	 *
	 * @param purpose a word in small letters, a part of its name
	 * @throws OutputException if it cannot be made
	 */
	public TemporaryFolder(final String purpose) {
		this("clearice-" + purpose, place());
	}

	/**
	 * Makes the folder, open to the user alone, hidden in another one: one folder for all machines that share the work.
	 *
	 * @throws OutputException if it cannot be made
	 */
	public TemporaryFolder(final Path parent, final String purpose) {
		path = Path.of(Machines.current().once(() -> made("." + purpose, parent).toString()));
		if (Machines.current().writes()) keep();
		shared = Machines.current().replays();
	}

	private TemporaryFolder(final String prefix, final Path parent) {
		path = made(prefix, parent);
		keep();
		shared = false;
	}

	private static Path made(final String prefix, final Path parent) {
		try {
			Leftovers.removeOnce(parent);
			return Files.createDirectory(parent.resolve(prefix + "-" + OwnerMark.next()), permissions("rwx------"));
		}
		catch (final IOException e) {
			throw OutputException.of(parent, e);
		}
	}

	private void keep() {
		OPEN.add(this);
		deleteAtTheEnd();
	}

	/**
	 * Makes an empty file among the system's temporary ones, open to the user alone, which the caller deletes.
	 *
	 * @throws IOException if it cannot be made
	 */
	public static Path newFile(final String purpose, final String ending) throws IOException {
		Leftovers.removeOnce(place());
		return Files.createFile(place().resolve("clearice-" + purpose + "-" + OwnerMark.next() + ending), permissions(
			"rw-------"));
	}

	private static synchronized void deleteAtTheEnd() {
		if (prepared) return;
		prepared = true;
		Shutdown.cleanUp(() -> OPEN.forEach(TemporaryFolder::delete));
	}

	private static Path place() {
		return Path.of(System.getProperty("java.io.tmpdir"));
	}

	private static FileAttribute<?>[] permissions(final String rights) {
		final boolean posix = place().getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
			rights)) } : new FileAttribute<?>[0];
	}

	public Path path() {
		return path;
	}

	public Path resolve(final String name) {
		return path.resolve(name);
	}

	/** A text with the names of files in here without the folder. */
	public String strippedFrom(final String text) {
		return text.replace(path + File.separator, "");
	}

	/** Deletes the folder. Files that another program holds open are left for the next start. */
	@Override
	public void close() {
		if (!shared) delete();
	}

	private void delete() {
		if (!OPEN.remove(this)) return;
		try {
			Leftovers.delete(path);
		}
		catch (final IOException e) {
			// The next start finds the folder without an owner.
		}
	}
}
