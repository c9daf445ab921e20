package io.github.clearice.mrc;

/** What {@link MrcValidator} looks at. */
public enum MrcRule {

	/** The file can be read and holds a whole header. */
	FILE,
	/** The mode is one of those that hold images. */
	MODE,
	/** nx, ny, nz are at least 1. */
	DIMENSIONS,
	/** nsymbt is not negative. */
	EXTENDED_HEADER,
	/** exttyp is one of the registered types where there is an extended header. */
	EXTENDED_HEADER_TYPE,
	/** The file is as long as the header says. */
	FILE_SIZE,
	/** mapc, mapr, maps are 1, 2, 3 in some order. */
	AXES,
	/** The map identifier is {@code "MAP "}. */
	MAP_ID,
	/** The machine stamp is a known one and tells the true byte order. */
	MACHINE_STAMP,
	/** mx, my, mz are positive. */
	SAMPLING,
	/** The unit cell is finite and not negative, its angles are real. */
	CELL,
	/** The cell is filled in, so that it gives a pixel size. */
	PIXEL_SIZE,
	/** ispg is 0, a space group, or 400 more than one. */
	SPACE_GROUP,
	/** A stack of volumes divides into volumes of mz sections. */
	VOLUME_STACK,
	/** nversion is 20140 or 20141. */
	VERSION,
	/** nlabl counts the labels, which have no gaps. */
	LABELS,
	/** nxstart and the origin are numbers. */
	ORIGIN,
	/** dmin, dmax, dmean and rms are those of the pixels, or marked as unknown. */
	STATISTICS,
	/** Bytes that older programs mean as unsigned. */
	UNSIGNED_BYTES,
	/** All pixels are numbers. */
	PIXELS
}
