package io.github.clearice.task;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file or folder could not be written. */
public final class OutputException extends ClearIceException {

	private static final long serialVersionUID = 1L;

	public OutputException(final String message) {
		super(message);
	}

	public OutputException(final String message, final Throwable cause) {
		super(message, cause);
	}

	/** Gives the operating system's error and its remedy in one line. */
	public static OutputException of(final Path file, final IOException cause) {
		final String reason;
		if (cause instanceof AccessDeniedException) {
			reason = "permission denied. Choose a folder you may write to.";
		}
		else if (String.valueOf(cause.getMessage()).contains("No space left")) {
			reason = "the disk is full. Free some space or choose another disk.";
		}
		else if (cause instanceof FileSystemException && ((FileSystemException) cause).getReason() != null) {
			reason = ((FileSystemException) cause).getReason() + ". Choose another output.";
		}
		else {
			reason = cause.getClass().getSimpleName() + " (" + cause.getMessage() +
				"). Check the disk and the folder's permissions.";
		}
		return new OutputException("Cannot write " + file + ": " + reason, cause);
	}

	/**
	 * Checks that a disk has room for the planned output, so that long work neither fails for lack of space nor fills the
	 * disk.
	 *
	 * @param target the file or folder to be written, which need not exist yet
	 * @param bytes how many will be written at least
	 * @throws OutputException if fewer are free
	 */
	public static void requireSpace(final Path target, final long bytes) {
		// Where a cluster is at work already, a part of the output is there.
		if (!Machines.current().writes()) return;
		Path there = target.toAbsolutePath();
		while (there != null && Files.notExists(there)) there = there.getParent();
		if (there == null) return;
		try {
			final FileStore disk = Files.getFileStore(there);
			final long free = disk.getUsableSpace();
			// Some network disks do not know how much they hold and say 0.
			if (disk.getTotalSpace() > 0 && free < bytes) throw new OutputException(String.format(Locale.ROOT,
				"Cannot write %s: it needs %.1f MB, but the disk has %.1f MB left. Free some space or choose another disk.",
				target, bytes / 1e6, free / 1e6));
		}
		catch (final IOException e) {
			throw of(target, e);
		}
	}
}
