package io.github.clearice.simulate;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of one folder that appear together: they are written into a hidden
 * folder inside it and moved out when all are complete. Without
 * {@link #publish()}, {@link #close()} leaves the folder as it was.
 */
public final class StagedFolder implements AutoCloseable {

	private final Path folder;
	private final Path stage;
	private final List<Path> made = new ArrayList<>();
	private boolean published;

	/** @throws OutputException if the folder cannot be made or written to */
	public StagedFolder(final Path folder) {
		this.folder = folder.toAbsolutePath().normalize();
		if (Files.exists(this.folder) && !Files.isDirectory(this.folder)) throw new OutputException("Cannot write into " +
			folder + ": it is a file, not a folder. Choose another output.");
		try {
			for (Path missing = this.folder; missing != null && Files.notExists(missing); missing = missing.getParent()) {
				made.add(missing);
			}
			Files.createDirectories(this.folder);
			stage = Files.createTempDirectory(this.folder, ".simulating-");
		}
		catch (final FileAlreadyExistsException e) {
			throw new OutputException("Cannot write into " + folder + ": " + e.getFile() +
				" is a file, not a folder. Choose another output.", e);
		}
		catch (final IOException e) {
			throw OutputException.of(folder, e);
		}
	}

	/** Where to write a file until it is published. */
	public Path resolve(final String name) {
		return stage.resolve(name);
	}

	/**
	 * Moves the files to their final names, replacing older ones; if one cannot be
	 * moved, all older files are put back.
	 */
	public void publish(final String... names) {
		final List<String> moved = new ArrayList<>();
		try {
			for (final String name : names) {
				AtomicOutput.requireReplaceable(folder.resolve(name), folder.resolve(name));
			}
			for (final String name : names) {
				moved.add(name);
				if (Files.exists(folder.resolve(name))) Files.move(folder.resolve(name), old(name));
				Files.move(stage.resolve(name), folder.resolve(name));
			}
			published = true;
		}
		catch (final IOException e) {
			putBack(moved);
			throw OutputException.of(folder, e);
		}
	}

	private void putBack(final List<String> names) {
		for (final String name : names) {
			try {
				// A new file without an old one, or in place of one that was moved away, is taken back.
				if (Files.notExists(stage.resolve(name))) Files.deleteIfExists(folder.resolve(name));
				if (Files.exists(old(name))) Files.move(old(name), folder.resolve(name));
			}
			catch (final IOException e) {
				throw OutputException.of(folder.resolve(name), e);
			}
		}
	}

	private Path old(final String name) {
		return stage.resolve("old-" + name);
	}

	@Override
	public void close() {
		try {
			final List<Path> files;
			try (Stream<Path> walk = Files.walk(stage)) {
				files = walk.sorted(Comparator.reverseOrder()).toList();
			}
			for (final Path file : files) Files.delete(file);
			if (!published) for (final Path missing : made) Files.deleteIfExists(missing);
		}
		catch (final DirectoryNotEmptyException e) {
			// Somebody else has put files there in the meantime: they are theirs.
			return;
		}
		catch (final IOException e) {
			throw OutputException.of(stage, e);
		}
	}
}
