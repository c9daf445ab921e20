package io.github.clearice.task;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a temporary file's name that tells which program made it: machine, process, start of the process, and a
 * random number. What a program has left that was killed can so be told from what another one still writes, on shared
 * disks too, where locks are not to be relied on.
 */
final class OwnerMark {

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
	 * Whether the program that made a mark has ended. Of another machine it is not known: what it made stays.
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
