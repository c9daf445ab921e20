package io.github.clearice.task;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deletes the temporary files and folders of programs that were killed, which an {@link OwnerMark} tells. */
public final class Leftovers {

	private static final Pattern NAME = Pattern.compile("(?:\\.|clearice-).*-(" + OwnerMark.PATTERN + ")(?:\\.[a-z]+)?");
	private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

	private Leftovers() {}

	/** Looks through a folder the first time that this program writes there. */
	static void removeOnce(final Path folder) {
		if (SEEN.add(folder)) remove(folder);
	}

	/**
	 * Deletes what killed programs have left in a folder. Sets of files that were about to get their names
	 * are completed, or what they would have replaced is put back; see {@link StagedFolder}.
	 */
	public static void remove(final Path folder) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Leftovers::isAbandoned)) {
			for (final Path file : files) removeOne(file);
		}
		catch (final IOException | DirectoryIteratorException e) {
			// What cannot be deleted takes only room.
		}
	}

	private static boolean isAbandoned(final Path file) {
		final Matcher name = NAME.matcher(file.getFileName().toString());
		return name.matches() && OwnerMark.isAbandoned(name.group(1));
	}

	private static void removeOne(final Path file) {
		try {
			if (StagedFolder.recover(file)) delete(file);
		}
		catch (final IOException e) {
			// As above; the next program tries again.
		}
	}

	/**
	 * Deletes a file, or a folder with all that is in it.
	 *
	 * @throws IOException if a file cannot be deleted
	 */
	public static void delete(final Path top) throws IOException {
		if (Files.notExists(top, LinkOption.NOFOLLOW_LINKS)) return;
		try (Stream<Path> left = Files.walk(top)) {
			for (final Path file : left.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
		}
	}
}
