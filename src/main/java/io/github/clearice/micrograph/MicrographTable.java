package io.github.clearice.micrograph;

import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The micrographs that a table of RELION or cryoSPARC lists. Each file is opened when it is read, and all of them once
 * before.
 */
public final class MicrographTable implements Micrographs {

	/** The largest relative difference of pixel sizes. */
	private static final double TOLERANCE = 1e-3;

	private final Path star;
	private final RelionMicrographs rows;
	private final BiFunction<Path, Double, MicrographFile> formats;
	private final Set<Path> files = new LinkedHashSet<>();
	private final Set<String> warnings = new LinkedHashSet<>();
	private final List<String> titles;
	private final double pixelSizeAngstrom;
	private final boolean recalibrated;

	/**
	 * Reads a table and looks whether all its micrographs are there.
	 *
	 * @param pixelSizeAngstrom edge of a pixel, or NaN for the value in the table, or else in the files
	 * @param project the folder that the table's paths start from, or null to look for it
	 * @param formats opens the file of a micrograph with a pixel size, or NaN for its own
	 * @throws ParameterException if there are none, two have one name, or their pixel sizes differ
	 * @throws io.github.clearice.task.InputException if the table is broken or a file is missing, with the line
	 * @throws io.github.clearice.task.InputException if a file is not an MRC image
	 */
	public MicrographTable(final Path star, final double pixelSizeAngstrom, final Path project,
		final BiFunction<Path, Double, MicrographFile> formats)
	{
		this.formats = formats;
		this.star = star;
		rows = RelionMicrographs.read(star, project);
		if (rows.size() == 0) throw new ParameterException(star + " lists no micrographs. Choose another STAR file.");
		recalibrated = !Double.isNaN(pixelSizeAngstrom);
		double size = pixelSizeAngstrom;
		final List<String> found = new ArrayList<>();
		final List<Path> paths = new ArrayList<>();
		for (int row = 0; row < rows.size(); row++) {
			final double own = look(row, pixelSizeAngstrom, found, paths);
			if (row == 0) size = own;
			if (Math.abs(own / size - 1) > TOLERANCE) throw new ParameterException(String.format(Locale.ROOT,
				"%s: %s has pixels of %s Å, but %s of %s. Take micrographs of one pixel size at a time.", star, name(row), own,
				name(0), size));
		}
		titles = MirroredTitles.of(star, found, IntStream.range(0, rows.size()).mapToObj(this::folder).toList(), paths);
		this.pixelSizeAngstrom = size;
	}

	/** Opens a row's file for its header and returns its pixel size. */
	private double look(final int row, final double given, final List<String> found, final List<Path> paths) {
		try (MicrographFile file = open(row, given)) {
			rows.requireImage(row, file.size());
			files.add(file.path());
			warnings.addAll(file.warnings());
			found.add(file.title(rows.section(row)));
			paths.add(file.path());
			return Double.isNaN(given) && rows.pixelSizeAngstrom(row) > 0 ? rows.pixelSizeAngstrom(row) : file
				.pixelSizeAngstrom();
		}
	}

	/** The folder of a micrograph as the table writes it. */
	private Path folder(final int row) {
		return Path.of(name(row).substring(name(row).indexOf('@') + 1)).getParent();
	}

	private MicrographFile open(final int row, final double pixelSize) {
		return formats.apply(rows.file(row), pixelSize);
	}

	/** The file of a micrograph, to be closed. */
	MicrographFile open(final int row) {
		return open(row, recalibrated ? pixelSizeAngstrom : Double.NaN);
	}

	public Path path() {
		return star;
	}

	@Override
	public int size() {
		return rows.size();
	}

	@Override
	public String name(final int index) {
		return rows.name(index);
	}

	@Override
	public String title(final int index) {
		return titles.get(index);
	}

	@Override
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	@Override
	public Micrograph read(final int index) {
		try (MicrographFile file = open(index)) {
			return new Micrograph(name(index), file.read(rows.section(index)).image(), pixelSizeAngstrom);
		}
	}

	@Override
	public List<Path> files() {
		final List<Path> all = new ArrayList<>(files);
		all.add(star);
		return all;
	}

	@Override
	public List<String> warnings() {
		return List.copyOf(warnings);
	}

	@Override
	public Optional<RelionMicrographs> rows() {
		return Optional.of(rows);
	}

	@Override
	public void close() {
		// Files are closed as soon as they have been read.
	}

	/**
	 * Names for what is written about micrographs: those of their files, in folders like theirs where names occur twice.
	 */
	private static final class MirroredTitles {

		private MirroredTitles() {}

		/**
		 * The names, all different.
		 *
		 * @param table for messages
		 * @param titles of the files, without folders
		 * @param written the folder of each as the table writes it, or null where it writes none
		 * @param files of the micrographs
		 * @throws ParameterException if two files in one folder have the same name
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
}
