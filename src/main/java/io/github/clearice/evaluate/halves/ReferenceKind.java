package io.github.clearice.evaluate.halves;

import java.util.Locale;

/** The targets that the models of a split-half test learn. */
public enum ReferenceKind {

	/** The clean images of a simulation. */
	CLEAN,
	/** Projections of the known map: both halves learn from the same truth. */
	MAP,
	/** Projections of the map that is reconstructed from the particles of each half alone: nothing is known before. */
	HALVES;

	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}
}
