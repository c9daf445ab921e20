package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Micrographs of one pixel size, each read when it is asked for. */
public interface Micrographs extends AutoCloseable {

	/** Their number. */
	int size();

	/** RELION's name of a micrograph, counted from 0. */
	String name(int index);

	/** The beginning of the names of files about a micrograph. */
	String title(int index);

	/** Edge of a pixel in Å, or NaN where it is unknown. */
	double pixelSizeAngstrom();

	/**
	 * Reads a micrograph into memory.
	 *
	 * @throws ParameterException if a pixel is not a number
	 */
	Micrograph read(int index);

	/** The files that list them, and those that contain them. */
	List<Path> files();

	/** Values that were ignored or guessed, one line each. */
	List<String> warnings();

	/** The table that lists them, if any. */
	default Optional<RelionMicrographs> rows() {
		return Optional.empty();
	}

	/** The CTF of a micrograph, or null where none is listed. */
	default CtfParameters ctf(final int index) {
		final RelionMicrographs rows = rows().orElse(null);
		if (rows == null || rows.ctf(index) == null) return null;
		rows.requireKnownOptics();
		return CtfParameters.of(rows.ctf(index), rows.observation(index));
	}

	@Override
	void close();

	/** A file's name without folder and the endings of formats. */
	static String title(final Path file) {
		return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(mrcs?|st|tiff?)(\\.gz|\\.bz2)?$", "");
	}
}
