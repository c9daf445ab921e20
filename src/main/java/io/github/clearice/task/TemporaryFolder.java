package io.github.clearice.task;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder for files that nobody else shall see, deleted with all that is in it when it is closed or the program ends.
 * <p>
 * Beside the folder lies an empty file of the same name and the ending {@code .lock}, which this program keeps locked
 * while it runs. Where the program was killed, the system gives the lock up, and the next program that makes such a
 * folder deletes what was left.
 */
public final class TemporaryFolder implements AutoCloseable {

	private static final String PREFIX = "clearice-";
	private static final String LOCK = ".lock";
	private static final Pattern NAME = Pattern.compile(PREFIX + "[a-z]+-[0-9a-f]{16}");
	private static final SecureRandom RANDOM = new SecureRandom();
	private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

	private static boolean prepared;

	private final Path path;
	private final Path lock;
	private final FileChannel locked;

	/**
	 * Makes the folder, open to the user alone, among the system's temporary files.
	 *
	 * @param purpose a word in small letters, a part of its name
	 * @throws OutputException if it cannot be made
	 */
	public TemporaryFolder(final String purpose) {
		path = place().resolve(PREFIX + purpose + String.format("-%016x", RANDOM.nextLong()));
		lock = lockOf(path);
		try {
			locked = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			// Locked before there is a folder, so that no other program finds one without a lock.
			locked.lock();
			Files.createDirectory(path, permissions());
			OPEN.add(this);
			prepareOnce(Files.getOwner(path));
		}
		catch (final IOException e) {
			throw OutputException.of(place(), e);
		}
	}

	private static synchronized void prepareOnce(final UserPrincipal user) {
		if (prepared) return;
		prepared = true;
		Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(TemporaryFolder::close), "temporary-folders"));
		removeAbandoned(place(), user);
	}

	private static Path place() {
		return Path.of(System.getProperty("java.io.tmpdir"));
	}

	private static Path lockOf(final Path folder) {
		return folder.resolveSibling(folder.getFileName() + LOCK);
	}

	private static FileAttribute<?>[] permissions() {
		final boolean posix = place().getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
			"rwx------")) } : new FileAttribute<?>[0];
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

	/** Deletes the folder. What another program still holds open is left for the next start. */
	@Override
	public void close() {
		if (!OPEN.remove(this)) return;
		try {
			delete(path);
			locked.close();
			Files.deleteIfExists(lock);
		}
		catch (final IOException e) {
			// The next start finds the folder without an owner.
		}
	}

	/**
	 * Deletes a folder with all that is in it.
	 *
	 * @throws IOException if a file cannot be deleted
	 */
	public static void delete(final Path folder) throws IOException {
		if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) return;
		try (Stream<Path> left = Files.walk(folder)) {
			for (final Path file : left.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
		}
	}

	/** Deletes the folders that programs of a user have left that were killed. */
	static void removeAbandoned(final Path place, final UserPrincipal user) {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, folder -> NAME.matcher(folder.getFileName()
			.toString()).matches()))
		{
			for (final Path folder : folders) removeIfAbandoned(folder, user);
		}
		catch (final IOException | DirectoryIteratorException e) {
			// What cannot be deleted takes only room.
		}
	}

	private static void removeIfAbandoned(final Path folder, final UserPrincipal user) {
		// A channel of this program to its own lock would give it up when closed.
		if (OPEN.stream().anyMatch(open -> open.path.equals(folder))) return;
		final Path lock = lockOf(folder);
		try {
			if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user) || Files.exists(lock) && isHeld(lock)) return;
			delete(folder);
			Files.deleteIfExists(lock);
		}
		catch (final IOException e) {
			// As above; the next start tries again.
		}
	}

	private static boolean isHeld(final Path lock) throws IOException {
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE); FileLock free = channel.tryLock()) {
			return free == null;
		}
		catch (final OverlappingFileLockException e) {
			return true;
		}
	}
}
