package io.github.clearice.task;

import io.github.clearice.task.AtomicOutput.FileSync;
import io.github.clearice.task.Leftovers.OwnerMark;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of one folder that appear together: they are written into a hidden
 * folder inside it and moved out when all are complete. Without
 * {@link #publish}, {@link #close()} leaves the folder as it was.
 */
public final class StagedFolder implements AutoCloseable {

	/** The names of the files that are being published, a line each. */
	private static final String LIST = "publishing";

	private final Path folder;
	private final Path stage;
	private final List<Path> made = new ArrayList<>();
	private boolean published;

	/** @throws OutputException if the folder cannot be made or written to */
	public StagedFolder(final Path folder) {
		this.folder = folder.toAbsolutePath().normalize();
		if (Files.exists(this.folder) && !Files.isDirectory(this.folder)) throw new OutputException("Cannot write into " +
			folder + ": it is a file, not a folder. Choose another output.");
		if (!Machines.current().writes()) {
			stage = new TemporaryFolder("unused").path();
			return;
		}
		try {
			for (Path missing = this.folder; missing != null && Files.notExists(missing); missing = missing.getParent()) {
				made.add(missing);
			}
			Files.createDirectories(this.folder);
			Leftovers.removeOnce(this.folder);
			stage = Files.createDirectory(this.folder.resolve(".simulating-" + OwnerMark.next()));
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
	 *
	 * @param names the last one is taken away first and comes last: that of the table which lists the others, so that it
	 *          never stands beside the files of another set
	 */
	public void publish(final String... names) {
		final List<String> taken = new ArrayList<>(), placed = new ArrayList<>();
		try {
			for (final String name : names) {
				AtomicOutput.requireReplaceable(folder.resolve(name), folder.resolve(name));
				FileSync.content(stage.resolve(name));
			}
			TextFile.write(stage.resolve(LIST), String.join("\n", names));
			for (int i = names.length - 1; i >= 0; i--) {
				if (Files.notExists(folder.resolve(names[i]))) continue;
				Files.move(folder.resolve(names[i]), old(stage, names[i]));
				taken.add(names[i]);
			}
			for (final String name : names) {
				Files.move(stage.resolve(name), folder.resolve(name));
				placed.add(name);
			}
			FileSync.names(folder);
			for (final Path missing : made) if (missing.getParent() != null) FileSync.names(missing.getParent());
			published = true;
		}
		catch (final IOException e) {
			putBack(taken, placed);
			throw OutputException.of(folder, e);
		}
	}

	/**
	 * Completes the publication that a killed program began: if no file has its name yet, all older ones are restored;
	 * otherwise the others get their names.
	 *
	 * @return whether the stage may be deleted; not where somebody has put another file in the place of one
	 */
	static boolean recover(final Path stage) throws IOException {
		if (!Files.isDirectory(stage, LinkOption.NOFOLLOW_LINKS) || !Files.isRegularFile(stage.resolve(LIST))) return true;
		final List<String> names = Files.readAllLines(stage.resolve(LIST));
		// Other users who may write here could have made the list: do not follow it to other folders.
		if (!names.stream().allMatch(name -> name.matches("[\\w-]+(\\.\\w+)*"))) return true;
		final boolean begun = names.stream().anyMatch(name -> Files.notExists(stage.resolve(name)));
		for (final String name : names) {
			final Path from = begun ? stage.resolve(name) : old(stage, name), to = stage.resolveSibling(name);
			if (Files.notExists(from)) continue;
			if (Files.exists(to)) return false;
			Files.move(from, to);
		}
		FileSync.names(stage.getParent());
		return true;
	}

	private void putBack(final List<String> taken, final List<String> placed) {
		try {
			for (final String name : placed) Files.delete(folder.resolve(name));
			for (final String name : taken) Files.move(old(stage, name), folder.resolve(name));
		}
		catch (final IOException e) {
			throw OutputException.of(folder, e);
		}
	}

	private static Path old(final Path stage, final String name) {
		return stage.resolve("old-" + name);
	}

	@Override
	public void close() {
		try {
			Leftovers.delete(stage);
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
