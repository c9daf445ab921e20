package io.github.clearice.mrc;

/** What the sections of an MRC file are. */
public enum MrcKind {

	/** One section. */
	IMAGE,
	/** Independent images, such as particles, tilts or movie frames. */
	STACK,
	/** One three-dimensional map. */
	VOLUME,
	/** Several maps of equal size, one after the other. */
	VOLUME_STACK
}
