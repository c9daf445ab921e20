package io.github.clearice.star;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the relative paths of a table may start from: the project folder, where it was given; else the table's own,
 * each folder above it, and the working folder, because RELION and cryoSPARC write paths from their project folders.
 *
 * @param table the file, or null for new particles
 * @param project the folder that the user says, or null
 */
record ImageFolders(Path table, Path project) {

	/** The file of a relative path; empty where there is none. */
	Optional<Path> find(final Path image) {
		return folders().stream().map(folder -> folder.resolve(image)).filter(Files::exists).findFirst();
	}

	private List<Path> folders() {
		if (project != null) return List.of(project);
		final List<Path> folders = new ArrayList<>();
		if (table != null) for (Path folder = table.toAbsolutePath().getParent(); folder != null; folder = folder
			.getParent())
			folders.add(folder);
		folders.add(Path.of("").toAbsolutePath());
		return folders;
	}

	/** Where an image was looked for, and what to do, to be put behind its name. */
	String describe() {
		if (project != null) return " in " + project + ". Give project= the folder that the paths start from.";
		final String own = table == null ? "" : table.toAbsolutePath().normalize().getParent() +
			", in the folders above it or in ";
		return " in " + own + Path.of("").toAbsolutePath() +
			". Put it there, or give project= the folder that the paths start from.";
	}

	/**
	 * What another table is to call a file: from the folder that an image of this table was found from, where that is
	 * another than this table's own and both files lie in it; else from the folder of the other table.
	 *
	 * @param image of this table, or null
	 */
	String nameOf(final Path file, final Path other, final Path image) {
		final Path folder = other.toAbsolutePath().normalize().getParent(), target = file.toAbsolutePath().normalize();
		final Path base = image == null || image.isAbsolute() || table == null ? null : base(image);
		final boolean within = base != null && folder.startsWith(base) && target.startsWith(base);
		// STAR files have slashes on every system.
		return (within ? base : folder).relativize(target).toString().replace('\\', '/');
	}

	private Path base(final Path image) {
		for (final Path folder : folders()) if (Files.exists(folder.resolve(image))) {
			final Path found = folder.toAbsolutePath().normalize();
			return found.equals(table.toAbsolutePath().normalize().getParent()) ? null : found;
		}
		return null;
	}
}
