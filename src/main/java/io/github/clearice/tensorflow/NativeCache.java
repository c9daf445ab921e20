package io.github.clearice.tensorflow;

import io.github.clearice.task.OutputException;
import io.github.clearice.task.TemporaryFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * The folder into which native libraries are unpacked, and from which they are loaded. By itself JavaCPP takes one
 * of a known name among the temporary files where the home folder cannot be written to: there, anybody could have put
 * other libraries.
 */
final class NativeCache {

	static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

	private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("----w--w-");

	private NativeCache() {}

	/**
	 * Settles the folder, before the first library is loaded.
	 *
	 * @return the folder
	 * @throws NetworkException if only one is left that belongs to somebody else
	 */
	static Path prepare() {
		final String given = System.getProperty(PROPERTY);
		if (given != null) return Path.of(given);
		final Path home = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
		if (isWritable(home)) return home;
		final Path folder = privateFolder(Path.of(System.getProperty("java.io.tmpdir")), System.getProperty("user.name"));
		System.setProperty(PROPERTY, folder.toString());
		return folder;
	}

	private static boolean isWritable(final Path folder) {
		try {
			return Files.isWritable(Files.createDirectories(folder));
		}
		catch (final IOException e) {
			return false;
		}
	}

	/** @return a folder among the temporary files that only this user can write to */
	static Path privateFolder(final Path place, final String user) {
		final Path folder = place.resolve(".javacpp-" + user);
		try {
			if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) create(folder);
			if (!isOwn(folder)) throw new NetworkException("The folder " + folder +
				" for TensorFlow's native libraries can be" +
				" written to by others, who could put other code there. Name one of your own by JAVA_TOOL_OPTIONS=-D" +
				PROPERTY + "=FOLDER.");
			return folder;
		}
		catch (final IOException e) {
			throw new NetworkException(OutputException.of(folder, e).getMessage() +
				" TensorFlow's native libraries are unpacked there; name another folder by JAVA_TOOL_OPTIONS=-D" + PROPERTY +
				"=FOLDER.", e);
		}
	}

	private static void create(final Path folder) throws IOException {
		if (isPosix(folder)) Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions
			.fromString("rwx------")));
		else Files.createDirectory(folder);
	}

	private static boolean isPosix(final Path folder) {
		return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	private static boolean isOwn(final Path folder) throws IOException {
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return false;
		final UserPrincipal user;
		try (TemporaryFolder own = new TemporaryFolder("owner")) {
			user = Files.getOwner(own.path());
		}
		if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) return false;
		return !isPosix(folder) || Files.getPosixFilePermissions(folder).stream().noneMatch(OF_OTHERS::contains);
	}
}
