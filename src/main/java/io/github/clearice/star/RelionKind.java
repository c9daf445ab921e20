package io.github.clearice.star;

import io.github.clearice.task.InputException;

/** The kind of rows of a RELION table, and the labels that depend on it. */
enum RelionKind {

	PARTICLES("particles", "rlnImageName", "rlnImagePixelSize", "particle images", "a particle STAR file", "stack"),

	MICROGRAPHS("micrographs", "rlnMicrographName", "rlnMicrographPixelSize", "micrographs", "the STAR file of a motion" +
		" correction or CTF estimation", "micrograph"),

	/** Angles of particles, whether it names their images or not. */
	ORIENTATIONS("particles", "rlnImageName", "rlnImagePixelSize", "orientations", "a STAR file with angles", "stack") {

		@Override
		String marker() {
			return "rlnAngleRot";
		}
	};

	private final String table;
	private final String image;
	private final String pixelSize;
	private final String plural;
	private final String wanted;
	private final String file;

	RelionKind(final String table, final String image, final String pixelSize, final String plural, final String wanted,
		final String file)
	{
		this.table = table;
		this.image = image;
		this.pixelSize = pixelSize;
		this.plural = plural;
		this.wanted = wanted;
		this.file = file;
	}

	/** The column that names the image of a row. */
	String image() {
		return image;
	}

	/** The column by which a table is known to be of this kind. */
	String marker() {
		return image;
	}

	/** The column of the optics groups with the pixel size of these images. */
	String pixelSize() {
		return pixelSize;
	}

	/** The name in messages of a file that holds images. */
	String file() {
		return file;
	}

	/** The table of this kind: the one of the usual name, or the only one of RELION 3.0. */
	StarTable of(final String path, final StarFile tables) {
		for (final StarTable one : tables.tables()) if (one.name().equals(table) && one.has(marker())) return one;
		for (final StarTable one : tables.tables()) if (one.has(marker())) return one;
		throw new InputException(path + ": names no " + plural + " (no column " + marker() + "). Choose " + wanted + ".");
	}
}
