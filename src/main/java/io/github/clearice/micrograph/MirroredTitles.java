package io.github.clearice.micrograph;

import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Names for what is written about micrographs: those of their files, in folders like theirs where names occur twice.
 */
final class MirroredTitles {

	private MirroredTitles() {}

	/**
	 * The names, all different.
	 *
	 * @param table for messages
	 * @param titles of the files, without folders
	 * @param written the folder of each as the table writes it, or null where it writes none
	 * @param files of the micrographs
	 * @throws ParameterException if two are of one name in one folder
	 */
	static List<String> of(final Path table, final List<String> titles, final List<Path> written,
		final List<Path> files)
	{
		if (new HashSet<>(titles).size() == titles.size()) return titles;
		final boolean inside = written.stream().allMatch(folder -> folder == null || !folder.isAbsolute() && !folder
			.normalize().startsWith(".."));
		final Path common = inside ? null : common(files);
		final List<String> mirrored = new ArrayList<>();
		final Map<String, Integer> seen = new HashMap<>();
		for (int i = 0; i < titles.size(); i++) {
			final Path folder = inside ? written.get(i) == null ? Path.of("") : written.get(i).normalize() : common
				.relativize(files.get(i).toAbsolutePath().normalize().getParent());
			final String title = folder.resolve(titles.get(i)).toString().replace('\\', '/');
			final Integer earlier = seen.put(title, i);
			if (earlier != null) throw new ParameterException(table + ": what is written about " + files.get(earlier) +
				" and " + files.get(i) + " would have one name, " + title + ". Rename one of them.");
			mirrored.add(title);
		}
		return mirrored;
	}

	private static Path common(final List<Path> files) {
		Path common = files.get(0).toAbsolutePath().normalize().getParent();
		for (final Path file : files)
			while (!file.toAbsolutePath().normalize().startsWith(common))
				common = common.getParent();
		return common;
	}
}
