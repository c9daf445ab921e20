package io.github.clearice.train;

/** How training pairs are varied from epoch to epoch. */
public enum Augmentation {
	/** Not at all. */
	NONE,
	/** Quarter turns and mirrors, for images without an astigmatism of one direction. */
	TURNS,
	/** Any turn in the plane, and shifts. */
	FREE;

	/** The name used in commands and cards: {@code none}, {@code turns}, {@code free}. */
	public String label() {
		return OptionReader.label(this);
	}
}
