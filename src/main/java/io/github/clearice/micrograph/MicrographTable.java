package io.github.clearice.micrograph;

import io.github.clearice.star.RelionMicrographs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The micrographs that a RELION STAR file lists. Each file is opened when it is read, and all of them once before. */
public final class MicrographTable implements Micrographs {

	/** By how much pixel sizes may differ. */
	private static final double TOLERANCE = 1e-3;

	private final Path star;
	private final RelionMicrographs rows;
	private final Set<Path> files = new LinkedHashSet<>();
	private final Set<String> warnings = new LinkedHashSet<>();
	private final List<String> titles = new ArrayList<>();
	private final double pixelSizeAngstrom;
	private final boolean recalibrated;

	/**
	 * Reads a table and looks whether all its micrographs are there.
	 *
	 * @param pixelSizeAngstrom edge of a pixel, or NaN for what the table or else the files say
	 * @throws MicrographException if there are none, two have one name, or their pixel sizes differ
	 * @throws io.github.clearice.star.StarException if the table is broken or a file is missing, with the line
	 * @throws io.github.clearice.mrc.MrcException if a file is no MRC image
	 */
	public MicrographTable(final Path star, final double pixelSizeAngstrom) {
		this.star = star;
		rows = RelionMicrographs.read(star);
		if (rows.size() == 0) throw new MicrographException(star + " lists no micrographs. Choose another STAR file.");
		recalibrated = !Double.isNaN(pixelSizeAngstrom);
		double size = pixelSizeAngstrom;
		final Map<String, Integer> seen = new HashMap<>();
		for (int row = 0; row < rows.size(); row++) {
			final double own = look(row, pixelSizeAngstrom);
			if (row == 0) size = own;
			if (Math.abs(own / size - 1) > TOLERANCE) throw new MicrographException(String.format(Locale.ROOT,
				"%s: %s has pixels of %s Å, but %s of %s. Take micrographs of one pixel size at a time.", star, name(row), own, name(
					0), size));
			final Integer earlier = seen.put(title(row), row);
			if (earlier != null) throw new MicrographException(star + ": what is written about " + name(earlier) + " and " + name(
				row) + " would have one name, " + title(row) + ". Rename one of them.");
		}
		this.pixelSizeAngstrom = size;
	}

	/** Opens a row's file for its header and returns its pixel size. */
	private double look(final int row, final double given) {
		try (MicrographFile file = open(row, given)) {
			rows.requireImage(row, file.size());
			files.add(file.path());
			warnings.addAll(file.warnings());
			titles.add(file.title(rows.section(row)));
			return Double.isNaN(given) && rows.pixelSizeAngstrom(row) > 0 ? rows.pixelSizeAngstrom(row) : file
				.pixelSizeAngstrom();
		}
	}

	private MicrographFile open(final int row, final double pixelSize) {
		return new MicrographFile(rows.file(row), pixelSize);
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
			final Micrograph read = file.read(rows.section(index));
			return new Micrograph(name(index), read.width(), read.height(), pixelSizeAngstrom, read.pixels());
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
}
