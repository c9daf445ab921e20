package io.github.clearice.task;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings files to the disk itself, so that a power cut does not take back what has been reported as done. */
final class FileSync {

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
