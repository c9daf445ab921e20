package io.github.clearice.task;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deletes the temporary files and folders of programs that were killed, as identified by {@link OwnerMark}. */
public final class Leftovers {

	private static final Pattern NAME = Pattern.compile("(?:\\.|clearice-).*-(" + OwnerMark.PATTERN + ")(?:\\.[a-z]+)?");
	private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

	private Leftovers() {}

	/**
	 * A name, beside a file or folder, for a folder of unfinished results. If this program is killed, the next one that
	 * writes there deletes it.
	 */
	public static Path beside(final Path target) {
		return target.resolveSibling("." + target.getFileName() + "-" + OwnerMark.next());
	}

	/** Looks through a folder the first time that this program writes there. */
	static void removeOnce(final Path folder) {
		if (SEEN.add(folder)) remove(folder);
	}

	/**
	 * Deletes what killed programs have left in a folder. Completes sets of files that were being published, or restores
	 * the files that they would have replaced; see {@link StagedFolder}.
	 */
	public static void remove(final Path folder) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Leftovers::isAbandoned)) {
			for (final Path file : files) removeOne(file);
		}
		catch (final IOException | DirectoryIteratorException e) {
			// Files that cannot be deleted only take space.
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

	/**
	 * The part of a temporary file's name that identifies the program that made it: machine, process, start of the
	 * process, and a
	 * random number. So files that a killed program has left can be distinguished from those that another one still
	 * writes, on shared
	 * disks too, where locks are not to be relied on.
	 */
	static final class OwnerMark {

		/** A regular expression for any mark. */
		static final String PATTERN = "[0-9a-f]{8}-[0-9a-f]+-[0-9a-f]+-[0-9a-f]{16}";

		private static final SecureRandom RANDOM = new SecureRandom();
		private static final String MACHINE = String.format("%08x", machine().hashCode());

		private OwnerMark() {}

		/** A mark of this program, another one each time. */
		static String next() {
			return of(ProcessHandle.current());
		}

		static String of(final ProcessHandle process) {
			return String.format("%s-%x-%x-%016x", MACHINE, process.pid(), startSecond(process), RANDOM.nextLong());
		}

		/**
		 * Whether the program that made a mark has ended. Processes of another machine are unknown here, so their files
		 * stay.
		 *
		 * @param mark as {@link #PATTERN} has it
		 */
		static boolean isAbandoned(final String mark) {
			final String[] parts = mark.split("-");
			if (!parts[0].equals(MACHINE)) return false;
			try {
				final Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(parts[1], 16)).filter(
					ProcessHandle::isAlive);
				// A number may have been given to another process since.
				return owner.isEmpty() || startSecond(owner.get()) != Long.parseLong(parts[2], 16);
			}
			catch (final NumberFormatException e) {
				return false;
			}
		}

		private static long startSecond(final ProcessHandle process) {
			return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
		}

		/** Containers may share a disk, but not the numbers of processes. */
		private static String machine() {
			try {
				return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip() + Files.readSymbolicLink(Path.of(
					"/proc/self/ns/pid"));
			}
			catch (final IOException e) {
				return hostName();
			}
		}

		private static String hostName() {
			try {
				return InetAddress.getLocalHost().getHostName();
			}
			catch (final IOException e) {
				return "";
			}
		}
	}
}
