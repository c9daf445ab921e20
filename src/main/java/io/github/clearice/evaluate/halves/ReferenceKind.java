package io.github.clearice.evaluate.halves;

import java.util.Locale;

/** The targets that the models of a split-half test learn. */
public enum ReferenceKind {

	/** The clean images of a simulation. */
	CLEAN,
	/** Projections of the known map: both halves learn from the same truth. */
	MAP,
	/** Projections of the map reconstructed from the particles of each half alone; no prior map is needed. */
	HALVES;

	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}
}
