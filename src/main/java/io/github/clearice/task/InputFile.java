package io.github.clearice.task;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Says why a path cannot be read as a file, before it is opened: opening a pipe
 * would wait for ever.
 */
public final class InputFile {

	private InputFile() {}

	/**
	 * The file or folder that a text names; empty if there is none, or where the text cannot be a name, as the title of
	 * an image with a colon on Windows.
	 */
	public static Optional<Path> named(final String text) {
		if (text.isBlank()) return Optional.empty();
		try {
			return Optional.of(Path.of(text.trim())).filter(Files::exists);
		}
		catch (final InvalidPathException e) {
			return Optional.empty();
		}
	}

	/**
	 * The fault of a path and its remedy, to follow the name in a message; empty for a regular file or a link to one.
	 *
	 * @param kind what to name instead of a folder, such as {@code an MRC file}
	 */
	public static Optional<String> problem(final Path path, final String kind) {
		final BasicFileAttributes attributes;
		try {
			attributes = Files.readAttributes(path, BasicFileAttributes.class);
		}
		catch (final NoSuchFileException e) {
			return Optional.of(Files.isSymbolicLink(path)
				? "is a link to a file that does not exist. Restore its target." : "there is no such file. Check the path.");
		}
		catch (final IOException e) {
			return Optional.of(e instanceof FileSystemLoopException || Files.isSymbolicLink(path)
				? "is a link that leads to no file. Restore its target." : unreadable(e));
		}
		if (attributes.isDirectory()) return Optional.of("is a folder. Name " + kind + ".");
		if (!attributes.isRegularFile()) return Optional.of(
			"is a pipe or device, not a file. Copy its contents to a file first.");
		return Optional.empty();
	}

	/** Why a text cannot name a file, and what to do. */
	public static String invalid(final InvalidPathException cause) {
		final String encoding = System.getProperty("sun.jnu.encoding", "");
		final boolean plain = cause.getInput().chars().allMatch(character -> character < 0x80);
		if (!plain && !encoding.startsWith("UTF")) return "\"" + cause.getInput() +
			"\" cannot name a file in this locale, whose characters are those of " + encoding +
			". Set LC_ALL=C.UTF-8 before Java starts, or start ClearIce by its script clearice, which does.";
		return "\"" + cause.getInput() + "\" cannot name a file on this system (" + cause.getReason() +
			"). Rename the file.";
	}

	/** The operating system's error and its remedy, to follow the file's name in a message. */
	public static String unreadable(final IOException cause) {
		return "cannot be read (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() +
			"). Check its permissions and the disk.";
	}
}
